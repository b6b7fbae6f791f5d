package dev.plimsoll.run.natively;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.observe.Question.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InitScriptTest {
    private final List<String> asked = new ArrayList<>();

    private Answer ask(String statements) {
        asked.add(statements.strip());
        return statements.contains("fails")
                ? new Answer.None("ERROR: it fails")
                : new Answer.Text(statements.contains("format(") ? "GRANT one\nGRANT two" : "");
    }

    @Test
    void runsWhatAQueryGivesAndFillsInWhatTheEnvironmentHolds() {
        var script = new InitScript("""
                \\set ON_ERROR_STOP on
                SET log_statement = 'none';
                SELECT format('GRANT') \\gexec
                \\set word `printf %s "$SECRET"`
                SELECT 1
                WHERE :'word' <> '' \\gexec
                CREATE SCHEMA one;
                """, Map.of("SECRET", "it's"));

        assertThat(script.run(this::ask)).isEmpty();
        assertThat(asked).containsExactly("SET log_statement = 'none';\nSELECT format('GRANT')", "GRANT one",
                "GRANT two", "SELECT 1\nWHERE 'it''s' <> ''", "CREATE SCHEMA one;");
    }

    @Test
    void aVariableThatIsNotSetIsEmpty() {
        new InitScript("\\set word `printf %s \"$SECRET\"`\nSELECT :'word';", Map.of()).run(this::ask);
        assertThat(asked).containsExactly("SELECT '';");
    }

    @Test
    void endsAtTheFirstStatementThatFails() {
        var script = new InitScript("SELECT fails \\gexec\nSELECT 2;", Map.of());
        assertThat(script.run(this::ask)).contains("ERROR: it fails");
        assertThat(asked).hasSize(1);
    }
}
