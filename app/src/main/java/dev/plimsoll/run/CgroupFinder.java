package dev.plimsoll.run;

import dev.plimsoll.observe.CgroupFiles;
import dev.plimsoll.observe.CgroupPlace;
import dev.plimsoll.observe.CgroupReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Optional;

/// Finds and reads the cgroups of processes on this machine.
///
/// @param proc where the kernel's process files are, `/proc`
public record CgroupFinder(Path proc) {
    public static final CgroupFinder HERE = new CgroupFinder(Path.of("/proc"));

    /// What a process' cgroup says; empty when there is no such process or this machine has no cgroups.
    public Optional<CgroupReading> reading(long pid) {
        return place(pid).flatMap(place -> {
            var texts = new LinkedHashMap<String, String>();
            place.files().forEach(path -> text(Path.of(path)).ifPresent(text -> texts.put(path, text)));
            return CgroupFiles.reading(place, texts);
        });
    }

    public Optional<CgroupPlace> place(long pid) {
        return cgroup(pid).flatMap(cgroup -> text(proc.resolve("self/mountinfo"))
                .flatMap(mounts -> CgroupPlace.of(cgroup, mounts)));
    }

    /// The text of `/proc/PID/cgroup`.
    public Optional<String> cgroup(long pid) {
        return text(proc.resolve(pid + "/cgroup"));
    }

    private static Optional<String> text(Path file) {
        try {
            return Optional.of(Files.readString(file));
        } catch (IOException absent) {
            return Optional.empty();
        }
    }
}
