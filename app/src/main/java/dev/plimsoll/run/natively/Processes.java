package dev.plimsoll.run.natively;

import dev.plimsoll.run.Command;
import dev.plimsoll.run.EnvironmentException;
import dev.plimsoll.run.Shell;
import dev.plimsoll.run.State.NativeProcess;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Starts processes that outlive this program, and ends exactly those.
public record Processes(Shell shell) {
    /// What a server gets to write its data out.
    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final Duration KILLED = Duration.ofSeconds(5);
    private static final long LOOK_MILLIS = 50;
    /// What a program with an environment of its own still gets of ours.
    private static final Set<String> OURS = Set.of("PATH", "HOME", "USER", "LANG", "LC_ALL", "TZ", "TMPDIR");
    /// Of `/proc/PID/stat`, counted from the field after the name: the start in ticks since boot.
    private static final int START_FIELD = 19;

    /// @param log where it writes what it prints
    static long start(List<String> words, Launch.Place place, Path log) {
        try {
            var builder = new ProcessBuilder(words).redirectInput(new File("/dev/null")).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            place.directory().ifPresent(directory -> builder.directory(directory.toFile()));
            place.variables().ifPresent(variables -> {
                builder.environment().keySet().retainAll(OURS);
                builder.environment().putAll(variables);
            });
            return builder.start().pid();
        } catch (IOException absent) {
            throw new EnvironmentException("`" + words.getFirst() + "` cannot be run on this machine",
                    "Install it, or use Docker");
        }
    }

    /// Differs for every process that ever has this pid: the boot and the tick it started in. Empty when there is none.
    static Optional<String> identity(long pid) {
        try {
            var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            var boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
            // A zombie has ended; only its parent has not asked yet.
            return fields[0].equals("Z") ? Optional.empty() : Optional.of(boot + ":" + fields[START_FIELD]);
        } catch (IOException | IndexOutOfBoundsException gone) {
            return Optional.empty();
        }
    }

    /// Whether it is still the process that was started, and not a later one with its pid.
    static boolean isAlive(NativeProcess process) {
        return identity(process.pid()).filter(process.identity()::equals).isPresent();
    }

    /// In good order first, by force after a while. Children are ended with it.
    ///
    /// @return whether all is gone
    boolean end(NativeProcess process) {
        if (!isAlive(process)) {
            return true;
        }
        var tree = Stream.concat(ProcessHandle.of(process.pid()).stream(),
                ProcessHandle.of(process.pid()).stream().flatMap(ProcessHandle::descendants)).toList();
        // The shell's own, as small machines lack the program kill.
        shell.run(Command.of("sh", "-c", "kill -$0 $1", process.stopSignal(), String.valueOf(process.pid())));
        if (!awaitEnd(process, GRACE)) {
            tree.stream().filter(ProcessHandle::isAlive).forEach(ProcessHandle::destroyForcibly);
        }
        return awaitEnd(process, KILLED);
    }

    private static boolean awaitEnd(NativeProcess process, Duration longest) {
        var until = System.nanoTime() + longest.toNanos();
        while (isAlive(process)) {
            if (System.nanoTime() > until) {
                return false;
            }
            pause();
        }
        return true;
    }

    static void pause() {
        try {
            Thread.sleep(LOOK_MILLIS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
