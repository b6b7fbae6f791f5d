package dev.plimsoll.runtime.cache;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// Readers in a process of their own. Each line of input is answered with the numbers of reads, stale reads, hits in
/// the process and loads; the end of input ends it.
final class ReadingProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader answers;

    ReadingProcess(String uri, Path truth) throws IOException {
        process = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m", "-cp", System.getProperty("java.class.path"), ReadingProcess.class.getName(), uri, truth
                        .toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        answers = process.inputReader(StandardCharsets.UTF_8);
        report();
    }

    Process process() {
        return process;
    }

    long[] report() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
        var line = answers.readLine();
        while (line != null && !line.startsWith("counts ")) {
            line = answers.readLine();
        }
        if (line == null) {
            throw new IOException("the reading process ended");
        }
        return List.of(line.split(" ")).stream().skip(1).mapToLong(Long::parseLong).toArray();
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            process.waitFor();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    public static void main(String[] args) throws Exception {
        try (var readers = new Readers(args[0], new Truth(Path.of(args[1])), 2);
                var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            while (lines.readLine() != null) {
                System.out.println("counts " + readers.report());
            }
        }
    }
}
