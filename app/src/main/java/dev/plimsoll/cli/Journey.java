package dev.plimsoll.cli;

import dev.plimsoll.store.WholeFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/// Several commands of this program, one after the other, each as its user would type it. What they print is kept in
/// files; the terminal shows what runs, how long it took and its most telling line.
///
/// @param logs where the files go
/// @param runner runs one command line and returns its exit code
record Journey(Terminal terminal, Path logs, Runner runner) {
    private static final int WIDEST = 80;

    /// Runs a command line.
    @FunctionalInterface
    interface Runner {
        int run(Terminal terminal, String... words);
    }

    /// One command.
    ///
    /// @param title what it is for, a few words
    /// @param telling a part of the line of its output that says how it went; the last line when empty
    record Step(String title, List<String> words, String telling) {
        Step {
            words = List.copyOf(words);
        }

        static Step of(String title, String... words) {
            return new Step(title, List.of(words), "");
        }

        Step telling(String beginning) {
            return new Step(title, words, beginning);
        }

        /// Empty when it printed nothing.
        private String told(String text) {
            return text.lines().filter(line -> !line.isBlank() && (telling.isEmpty() || line.contains(telling)))
                    .reduce((_,
                            line) -> line)
                    .orElse("");
        }

        String line() {
            return "plimsoll " + String.join(" ", words);
        }
    }

    /// How a step ended.
    ///
    record Outcome(Step step, int code, double seconds) {
        /// Whether it did its work; what it found may still be bad.
        boolean ran() {
            return code == ExitCode.FINE || code == ExitCode.FAILED;
        }
    }

    /// @param number from 1
    Outcome run(Step step, int number, int of) {
        terminal.print("[" + number + "/" + of + "] " + step.title() + "\n");
        step.line().lines().forEach(line -> terminal.print("      $ " + line + "\n"));
        var kept = new ByteArrayOutputStream();
        var begin = System.nanoTime();
        var code = runner.run(new Terminal(new PrintStream(kept, true, StandardCharsets.UTF_8), terminal.err(),
                terminal.environment(), false), step.words().toArray(String[]::new));
        var seconds = (System.nanoTime() - begin) / 1e9;
        var text = kept.toString(StandardCharsets.UTF_8);
        keep(number + "-" + step.words().getFirst() + ".txt", text);
        terminal.print(String.format(Locale.ROOT, "      %.1f s  %s%n", seconds, cut(step.told(text).strip())));
        return new Outcome(step, code, seconds);
    }

    /// Until one of them cannot do its work.
    List<Outcome> run(List<Step> steps, int first, int of) {
        return run(steps, first, of, () -> false);
    }

    /// Until one of them cannot do its work, or it is time to stop.
    List<Outcome> run(List<Step> steps, int first, int of, BooleanSupplier stop) {
        var outcomes = new ArrayList<Outcome>();
        for (var step : steps) {
            if (stop.getAsBoolean()) {
                break;
            }
            outcomes.add(run(step, first + outcomes.size(), of));
            if (!outcomes.getLast().ran()) {
                break;
            }
        }
        return outcomes;
    }

    private static String cut(String line) {
        return line.length() <= WIDEST - 16 ? line : line.substring(0, WIDEST - 19) + "...";
    }

    private void keep(String name, String text) {
        try {
            WholeFile.write(logs.resolve(name), text, "rw-------");
        } catch (IOException unwritable) {
            terminal.warn(logs.resolve(name) + ": what this step printed cannot be kept: " + WholeFile.why(unwritable));
        }
    }
}
