package dev.plimsoll.run.natively;

import dev.plimsoll.observe.Question.Answer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The rendered init script, run without psql, which the servers that Plimsoll carries do not bring along. It knows
/// what that script uses: `\set` with a word or with a variable of the environment, `:'name'` and `\gexec`.
///
/// @param environment variables that the script may read
record InitScript(String text, Map<String, String> environment) {
    private static final Pattern FROM_ENVIRONMENT = Pattern.compile(
            "\\\\set (\\w+) `printf %s \"\\$(\\w+)\"`");
    private static final Pattern QUOTED = Pattern.compile(":'(\\w+)'");
    private static final String EXECUTE = "\\gexec";

    /// Runs it from its beginning; the first statement that fails ends it.
    ///
    /// @param ask gives the answer of one session to statements, the rows of the first that has some
    /// @return what went wrong
    Optional<String> run(Function<String, Answer> ask) {
        var variables = new HashMap<String, String>();
        var pending = new StringBuilder();
        for (var line : text.lines().toList()) {
            var set = FROM_ENVIRONMENT.matcher(line.strip());
            if (set.matches()) {
                variables.put(set.group(1), environment.getOrDefault(set.group(2), ""));
            } else if (line.stripTrailing().endsWith(EXECUTE)) {
                pending.append(line, 0, line.lastIndexOf(EXECUTE));
                var failed = executed(filled(pending.toString(), variables), ask);
                if (failed.isPresent()) {
                    return failed;
                }
                pending.setLength(0);
            } else if (!line.startsWith("\\set ")) {
                pending.append(line).append('\n');
            }
        }
        return refusal(ask.apply(filled(pending.toString(), variables)));
    }

    /// Runs each row of the last statement's answer, as `\gexec` does.
    private static Optional<String> executed(String statements, Function<String, Answer> ask) {
        var answer = ask.apply(statements);
        if (!(answer instanceof Answer.Text(String rows))) {
            return refusal(answer);
        }
        for (var row : rows.lines().filter(line -> !line.isBlank()).toList()) {
            var failed = refusal(ask.apply(row));
            if (failed.isPresent()) {
                return failed;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> refusal(Answer answer) {
        return answer instanceof Answer.None(String why, _) ? Optional.of(why) : Optional.empty();
    }

    private static String filled(String statements, Map<String, String> variables) {
        return QUOTED.matcher(statements).replaceAll(found -> Matcher.quoteReplacement("'" + variables.getOrDefault(
                found.group(1), "").replace("'", "''") + "'"));
    }
}
