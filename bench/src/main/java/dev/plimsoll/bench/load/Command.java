package dev.plimsoll.bench.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A command that is run to its end.
record Command(List<String> words, Path directory) {
    private static final List<String> AS_POSTGRES = List.of("setpriv", "--reuid=postgres", "--regid=postgres",
            "--clear-groups");

    Command {
        words = List.copyOf(words);
    }

    static Command of(Path directory, String... words) {
        return new Command(List.of(words), directory);
    }

    /// What it left.
    ///
    /// @param out its output and its complaints
    record Result(int code, String out) {}

    /// The same command as the user `postgres`, because the server refuses to run as root.
    Command asPostgres() {
        return behind(AS_POSTGRES);
    }

    /// The same command with these words before it.
    Command behind(List<String> first) {
        var all = new ArrayList<>(first);
        all.addAll(words);
        return new Command(all, directory);
    }

    /// The same command with these words after it.
    Command with(String... last) {
        var all = new ArrayList<>(words);
        all.addAll(List.of(last));
        return new Command(all, directory);
    }

    Process start(Path out) throws IOException {
        return new ProcessBuilder(words).directory(directory.toFile())
                .redirectInput(Path.of("/dev/null").toFile()).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(out.toFile())).start();
    }

    Result run() throws IOException, InterruptedException {
        var out = Files.createTempFile("bench", ".out");
        try {
            var code = start(out).waitFor();
            return new Result(code, Files.readString(out, StandardCharsets.UTF_8));
        } finally {
            Files.delete(out);
        }
    }

    /// @throws IllegalStateException when it fails, with what it said
    String succeed() throws IOException, InterruptedException {
        var result = run();
        if (result.code() != 0) {
            throw new IllegalStateException(String.join(" ", words) + " failed: " + result.out().strip());
        }
        return result.out();
    }
}
