package dev.plimsoll.cli;

import java.io.Console;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/// Where a command prints, and what it knows of its surroundings.
///
/// @param environment the shell's variables
/// @param colour whether people with a colour terminal read the output
record Terminal(PrintStream out, PrintStream err, Map<String, String> environment, boolean colour) {
    static Terminal system() {
        var environment = System.getenv();
        var colour = Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent()
                && !environment.containsKey("NO_COLOR") && !"dumb".equals(environment.get("TERM"));
        return new Terminal(new PrintStream(System.out, true, StandardCharsets.UTF_8),
                new PrintStream(System.err, true, StandardCharsets.UTF_8), environment, colour);
    }

    void print(String text) {
        out.print(text);
        out.flush();
    }

    void warn(String text) {
        err.println("warning: " + text);
    }

    void error(String text) {
        text.lines().forEach(line -> err.println("error: " + line));
    }
}
