package dev.plimsoll.runtime.worker;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/// What a command is started in, so that its memory has a hard ceiling that no leak passes, and so that it dies
/// with its parent. Of each means this machine lacks, the others must do; [#missing] names it.
final class Cage {
    private static final AtomicLong NUMBER = new AtomicLong();

    private static final Pattern NAME = Pattern.compile("plimsoll-(\\d+)-\\d+");

    private final Memory ceiling;
    private final Memory data;
    private final Optional<Cgroup> above;
    private final Optional<Path> limiter = program("prlimit");
    private final Optional<Path> deathSignal = program("setpriv");
    private final Optional<Path> session = program("setsid");

    /// @param ceiling of the command with all it starts, held by the kernel where a cgroup can be made
    /// @param data of each of its processes: private writable memory
    Cage(Memory ceiling, Memory data) {
        this.ceiling = ceiling;
        this.data = data;
        this.above = Cgroup.own().filter(Cage::canCreate);
    }

    private static boolean canCreate(Cgroup own) {
        own.sweep(NAME);
        var trial = own.create(name(), Memory.ofMegabytes(64));
        trial.ifPresent(Cgroup::remove);
        return trial.isPresent();
    }

    private static String name() {
        return "plimsoll-" + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet();
    }

    /// The means that this machine lacks, each with what does without it.
    List<String> missing() {
        var missing = new ArrayList<String>();
        if (above.isEmpty()) {
            missing.add("no memory cgroup can be made here: the sum over subprocesses is polled, and each is limited");
        }
        if (limiter.isEmpty()) {
            missing.add("prlimit (util-linux) is not installed: memory is polled, and may be passed between two looks");
        }
        if (deathSignal.isEmpty()) {
            missing.add("setpriv (util-linux) is not installed: children see the parent's death at the end of input");
        }
        if (session.isEmpty()) {
            missing.add("setsid (util-linux) is not installed: subprocesses whose parent ended are not found");
        }
        return missing;
    }

    boolean isHard() {
        return above.isPresent() || limiter.isPresent();
    }

    /// A cgroup for one run of the command.
    Optional<Cgroup> group() {
        return above.flatMap(own -> own.create(name(), ceiling));
    }

    /// The command with what limits it in front. Each of these replaces itself with the next, so that the process id
    /// stays the same.
    List<String> around(List<String> command, Optional<Cgroup> group) {
        var words = new ArrayList<String>();
        group.ifPresent(joined -> words.addAll(List.of("/bin/sh", "-c", "echo $$ > \"$0\" && exec \"$@\"", joined
                .directory().resolve("cgroup.procs").toString())));
        session.ifPresent(path -> words.add(path.toString()));
        deathSignal.ifPresent(path -> words.addAll(List.of(path.toString(), "--pdeathsig", "KILL", "--")));
        limiter.ifPresent(path -> words.addAll(List.of(path.toString(), "--data=" + data.bytes(), "--core=0", "--")));
        words.addAll(command);
        return words;
    }

    /// The file that a command's first word runs: a path as it is, and a name where it is first found on PATH.
    static Optional<Path> program(String name) {
        if (name.contains("/")) {
            return Optional.of(Path.of(name)).filter(Cage::isProgram);
        }
        var path = Optional.ofNullable(System.getenv("PATH")).orElse("/usr/bin:/bin");
        return List.of(path.split(File.pathSeparator)).stream().filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, name)).filter(Cage::isProgram).findFirst();
    }

    private static boolean isProgram(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }
}
