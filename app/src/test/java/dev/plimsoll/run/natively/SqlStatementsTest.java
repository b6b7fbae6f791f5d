package dev.plimsoll.run.natively;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    /// Scripts come from anywhere: nothing of one is lost, doubled or put elsewhere, whatever it is.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void anyTextIsCutIntoPartsOfIt(long seed) {
        var random = new Random(seed);
        var parts = List.of(";", "'", "\"", "$", "$$", "$a$", "(", ")", "--", "/*", "*/", "\n", " ", "\\", "e", "BEGIN",
                " ATOMIC ", "CASE", "END", "x", "1");
        for (var script = 0; script < 2_000; script++) {
            var text = Stream.generate(() -> parts.get(random.nextInt(parts.size()))).limit(random.nextInt(30))
                    .collect(Collectors.joining());
            var from = 0;
            for (var statement : SqlStatements.of(text)) {
                assertThat(statement).isNotBlank();
                var found = text.indexOf(statement, from);
                assertThat(found).as(text).isGreaterThanOrEqualTo(from);
                from = found + statement.length();
            }
        }
    }
}
