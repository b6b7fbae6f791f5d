package dev.plimsoll.run.natively;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlStatementsTest {
    @ParameterizedTest
    @ValueSource(strings = {"SELECT 1", "SELECT 'a;''b;'", "SELECT \"a;\"\"b\"", "SELECT E'it\\'s;' , 'x\\' ",
            "SELECT E'a''b\\';'", "SELECT 1 -- a; 'b", "SELECT /* a; /* b; */ c; */ 1",
            "DO $$ BEGIN PERFORM 1; PERFORM $1$; END $$", "DO $body$ BEGIN PERFORM $$;$$; END; $body$",
            "CREATE RULE r AS ON INSERT TO t DO ALSO (INSERT INTO a VALUES (1); INSERT INTO b VALUES (2))",
            "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 2; END",
            "PREPARE p AS SELECT $1, $2", "SELECT 'e' || 'a\\'", "SELECT 'no end;"})
    void keepsAStatementWhole(String statement) {
        assertThat(SqlStatements.of(statement)).containsExactly(statement.strip());
        if (!statement.contains("no end") && !statement.contains("--")) {
            assertThat(SqlStatements.of(statement + "; SELECT 2;\n")).containsExactly(statement.strip(), "SELECT 2");
        }
    }

    @Test
    void leavesOutWhatIsNone() {
        assertThat(SqlStatements.of("-- a comment\n;;\n/* b */ ;\n")).isEmpty();
        assertThat(SqlStatements.of("")).isEmpty();
        assertThat(SqlStatements.of("BEGIN; SELECT 1; COMMIT;")).isEqualTo(List.of("BEGIN", "SELECT 1", "COMMIT"));
    }
}
