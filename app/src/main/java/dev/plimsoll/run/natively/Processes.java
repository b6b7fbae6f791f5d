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
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/// Starts processes that outlive this program, and ends exactly those.
public record Processes(Shell shell) {
    /// What a server gets to write its data out.
    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final Duration KILLED = Duration.ofSeconds(5);
    /// What children get that end after their parent.
    private static final Duration STRAGGLERS = Duration.ofSeconds(2);
    private static final long LOOK_MILLIS = 50;
    /// What a program with an environment of its own still gets of ours; by the last two systemd-run finds the user's
    /// systemd.
    private static final Set<String> OURS = Set.of("PATH", "HOME", "USER", "LANG", "LC_ALL", "TZ", "TMPDIR",
            "XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS");
    /// The start in ticks since boot.
    private static final int START_FIELD = 19;
    private static final int SESSION_FIELD = 3;

    /// @param log where it writes what it prints
    static Process start(List<String> words, Launch.Place place, Path log) {
        try {
            var builder = new ProcessBuilder(words).redirectInput(new File("/dev/null")).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            place.directory().ifPresent(directory -> builder.directory(directory.toFile()));
            place.variables().ifPresent(variables -> {
                builder.environment().keySet().retainAll(OURS);
                builder.environment().putAll(variables);
            });
            return builder.start();
        } catch (IOException absent) {
            throw new EnvironmentException("`" + words.getFirst() + "` cannot be run on this machine",
                    "Install it, or use Docker");
        }
    }

    /// Differs for every process that ever has this pid: the boot and the tick it started in. Empty when there is none.
    static Optional<String> identity(long pid) {
        // A zombie has ended; only its parent has not asked yet.
        return field(pid, 0).filter(state -> !state.equals("Z")).flatMap(_ -> field(pid, START_FIELD)).flatMap(
                start -> boot().map(boot -> boot + ":" + start));
    }

    /// Of `/proc/PID/stat`, counted from the one after the name.
    private static Optional<String> field(long pid, int at) {
        try {
            var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return Optional.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[at]);
        } catch (IOException | IndexOutOfBoundsException gone) {
            return Optional.empty();
        }
    }

    /// Whether it is still the process that was started, and not a later one with its pid.
    static boolean isAlive(NativeProcess process) {
        return identity(process.pid()).filter(process.identity()::equals).isPresent();
    }

    /// In good order first, by force after a while. What it started ends with it, also where it has ended already.
    ///
    /// @return whether all is gone
    boolean end(NativeProcess process) {
        var isAlive = isAlive(process);
        if (!isAlive && (identity(process.pid()).isPresent() || !isOfThisBoot(process))) {
            // Another one has its pid by now, or the machine was started anew: nothing of its session is left.
            return true;
        }
        var session = session(process.pid());
        if (isAlive) {
            // The shell's own, as small machines lack the program kill.
            shell.run(Command.of("sh", "-c", "kill -$0 $1", process.stopSignal(), String.valueOf(process.pid())));
            awaitEnd(() -> isAlive(process), GRACE);
        }
        var left = Stream.concat(session.stream(), session(process.pid()).stream()).distinct().toList();
        awaitEnd(() -> left.stream().anyMatch(Processes::runs), isAlive ? STRAGGLERS : Duration.ZERO);
        left.stream().filter(Processes::runs).forEach(ProcessHandle::destroyForcibly);
        return awaitEnd(() -> left.stream().anyMatch(Processes::runs), KILLED);
    }

    private static boolean isOfThisBoot(NativeProcess process) {
        return boot().filter(boot -> process.identity().startsWith(boot + ":")).isPresent();
    }

    private static Optional<String> boot() {
        try {
            return Optional.of(Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip());
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /// A process and all that it started and that is still of its session, wherever its parents are: each is started as
    /// the first of a session, whose number nobody else gets before the last of it has ended.
    private static List<ProcessHandle> session(long pid) {
        var below = ProcessHandle.of(pid).stream().flatMap(leader -> Stream.concat(Stream.of(leader), leader
                .descendants()));
        return Stream.concat(below, ProcessHandle.allProcesses().filter(other -> field(other.pid(), SESSION_FIELD)
                .filter(String.valueOf(pid)::equals).isPresent())).distinct().toList();
    }

    private static boolean runs(ProcessHandle process) {
        return process.isAlive() && field(process.pid(), 0).filter(state -> !state.equals("Z")).isPresent();
    }

    private static boolean awaitEnd(BooleanSupplier runs, Duration longest) {
        var until = System.nanoTime() + longest.toNanos();
        while (runs.getAsBoolean()) {
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
