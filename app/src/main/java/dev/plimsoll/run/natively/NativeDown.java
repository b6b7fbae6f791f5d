package dev.plimsoll.run.natively;

import dev.plimsoll.run.Shell;
import dev.plimsoll.run.State;
import dev.plimsoll.store.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Ends the processes of a native stack and removes their cgroups and data.
///
/// @param shell sends the signals
public record NativeDown(Shell shell) {
    private static final int TRIES = 40;
    /// Levels below the cgroup of a service; who nests deeper removes his own.
    private static final int MOST_NESTED = 5;

    /// @return what is left, one line each; empty when all is gone
    public List<String> end(State state, boolean keepData) {
        var left = new ArrayList<String>();
        for (var process : state.processes().reversed()) {
            if (!new Processes(shell).end(process)) {
                left.add("process " + process.pid() + " of " + process.service());
            }
        }
        state.cgroups().stream().filter(directory -> directory.contains("/plimsoll-"))
                .filter(directory -> !isRemoved(Path.of(directory))).forEach(directory -> left.add("cgroup "
                        + directory));
        var data = Path.of(state.data());
        if (!keepData && left.isEmpty() && data.isAbsolute()) {
            try {
                Trees.delete(data);
            } catch (IOException stays) {
                left.add("directory " + data);
            }
        }
        return left;
    }

    /// With the cgroups that the service made below it. Children of a killed server end by themselves shortly after it;
    /// who does not is killed.
    private static boolean isRemoved(Path cgroup) {
        for (var attempt = 0; attempt < TRIES && Files.isDirectory(cgroup); attempt++) {
            for (var group : innermostFirst(cgroup)) {
                try {
                    Files.delete(group);
                } catch (IOException busy) {
                    if (attempt > TRIES / 2) {
                        killAll(group);
                    }
                }
            }
            if (Files.isDirectory(cgroup)) {
                Processes.pause();
            }
        }
        return !Files.isDirectory(cgroup);
    }

    private static List<Path> innermostFirst(Path cgroup) {
        try (var below = Files.find(cgroup, MOST_NESTED, (_, attributes) -> attributes.isDirectory())) {
            return below.sorted(Comparator.comparingInt(Path::getNameCount).reversed()).toList();
        } catch (IOException | UncheckedIOException gone) {
            return List.of(cgroup);
        }
    }

    private static void killAll(Path cgroup) {
        try {
            Files.readAllLines(cgroup.resolve("cgroup.procs")).stream().filter(pid -> pid.matches("\\d{1,10}"))
                    .forEach(pid -> ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly));
        } catch (IOException gone) {
            // Then there is nobody left in it.
        }
    }
}
