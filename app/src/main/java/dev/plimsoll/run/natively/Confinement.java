package dev.plimsoll.run.natively;

import dev.plimsoll.lock.LockedService;
import dev.plimsoll.observe.CgroupPlace;
import dev.plimsoll.run.CgroupFinder;
import dev.plimsoll.run.EnvironmentException;
import dev.plimsoll.run.State.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// How the planned limits are put on native processes: in cgroups below our own, so that no limit somebody set on us is
/// left; by systemd, which owns the cgroups where it runs; or not at all, and why.
sealed interface Confinement {
    /// The memory and CPU shares of one service.
    ///
    /// @param directories cgroups to join before the program starts, so that every page is charged
    /// @param words what stands before the command
    record Cell(List<String> directories, List<String> words) {
        public Cell {
            directories = List.copyOf(directories);
            words = List.copyOf(words);
        }
    }

    /// For reports.
    String description();

    /// For whoever looks later.
    default Limits limits() {
        return new Limits(!(this instanceof None), description());
    }

    /// Directories that [#cell] makes, inner ones first.
    List<String> directories(LockedService service);

    Cell cell(LockedService service);

    /// @param project whose processes they are
    static Confinement here(String project) {
        var place = CgroupFinder.HERE.place(ProcessHandle.current().pid());
        if (place.isEmpty()) {
            return new None("this machine has no cgroups");
        }
        var own = new Own(place.get(), "plimsoll-" + project);
        var why = own.refusal();
        if (why.isEmpty()) {
            return own;
        }
        var isRoot = "root".equals(System.getProperty("user.name"));
        return place.get().version() == 2 && Files.isDirectory(Path.of("/run/systemd/system"))
                ? new Scope(isRoot)
                : new None(why.get());
    }

    /// Cgroups of our own making.
    record Own(CgroupPlace place, String name) implements Confinement {
        private static final int MILLICORES = 1000;
        private static final int SHARES_OF_A_CORE = 1024;

        @Override
        public String description() {
            return "limits by cgroup v" + place.version();
        }

        /// Why no limit can be set here; empty when it can. Tried out, because permissions do not tell.
        Optional<String> refusal() {
            // Others may try at the same time.
            var probe = Path.of(place.memory(), name + "-probe-" + ProcessHandle.current().pid() + "-" + Thread
                    .currentThread().threadId());
            var limit = place.version() == 1 ? "memory.limit_in_bytes" : "memory.max";
            try {
                enableBelow(Path.of(place.memory()));
                Files.createDirectory(probe);
                var works = Files.isWritable(probe.resolve(limit));
                return works ? Optional.empty() : Optional.of("the memory controller is not handed down to us");
            } catch (IOException refused) {
                return Optional.of("no cgroup can be made below " + place.memory());
            } finally {
                remove(probe);
            }
        }

        private static void remove(Path probe) {
            try {
                Files.deleteIfExists(probe);
            } catch (IOException stays) {
                // It is empty, and nobody else looks at it.
            }
        }

        private void enableBelow(Path directory) {
            if (place.version() == 2) {
                // One by one: the kernel refuses all of a line that names a controller which is not there.
                for (var controller : List.of("+memory", "+cpu", "+pids")) {
                    try {
                        Files.writeString(directory.resolve("cgroup.subtree_control"), controller);
                    } catch (IOException refused) {
                        // Where it is enabled already this changes nothing; where it cannot be, the probe finds out.
                    }
                }
            }
        }

        @Override
        public List<String> directories(LockedService service) {
            var groups = groups().map(directory -> directory + "/" + name).toList();
            return Stream.concat(groups.stream().map(group -> group + "/" + service.name()), groups.stream()).toList();
        }

        private Stream<String> groups() {
            return Stream.concat(Stream.concat(Stream.of(place.memory()), place.cpu().stream()),
                    Stream.concat(place.pids().stream(), place.pressure().stream())).distinct()
                    .filter(directory -> Files.isWritable(Path.of(directory)));
        }

        @Override
        public Cell cell(LockedService service) {
            var joined = new ArrayList<String>();
            try {
                for (var group : groups().toList()) {
                    var ours = Files.createDirectories(Path.of(group, name));
                    enableBelow(ours);
                    joined.add(Files.createDirectories(ours.resolve(service.name())).toString());
                }
                set(service);
                return new Cell(joined, List.of());
            } catch (IOException refused) {
                throw new EnvironmentException("The limit of " + service.name() + " cannot be set below "
                        + place.memory(), "Check the permissions of the cgroups");
            }
        }

        private void set(LockedService service) throws IOException {
            var memory = Path.of(place.memory(), name, service.name());
            var bytes = String.valueOf(service.limit().bytes());
            var shares = Math.max(2, service.cpus().value() * SHARES_OF_A_CORE / MILLICORES);
            if (place.version() == 1) {
                Files.writeString(memory.resolve("memory.limit_in_bytes"), bytes);
                setIfThere(memory.resolve("memory.memsw.limit_in_bytes"), bytes);
                for (var cpu : place.cpu()) {
                    setIfThere(Path.of(cpu, name, service.name(), "cpu.shares"), String.valueOf(shares));
                }
            } else {
                Files.writeString(memory.resolve("memory.max"), bytes);
                setIfThere(memory.resolve("memory.swap.max"), "0");
                setIfThere(memory.resolve("cpu.weight"), String.valueOf(weight(shares)));
            }
        }

        /// Kernels without swap accounting lack the file.
        private static void setIfThere(Path file, String value) throws IOException {
            if (Files.exists(file)) {
                Files.writeString(file, value);
            }
        }
    }

    /// The weight of version 2 for shares of version 1, as container engines convert them: 2..262144 to 1..10000.
    static long weight(long shares) {
        return 1 + (shares - 2) * 9999 / 262142;
    }

    /// Scopes of systemd, its own or the user's.
    record Scope(boolean root) implements Confinement {
        @Override
        public String description() {
            return "limits by systemd scopes";
        }

        @Override
        public List<String> directories(LockedService service) {
            return List.of();
        }

        @Override
        public Cell cell(LockedService service) {
            var words = new ArrayList<>(List.of("systemd-run", "--scope", "-q", "--collect"));
            if (!root) {
                words.add("--user");
            }
            words.addAll(List.of("-p", "MemoryMax=" + service.limit().bytes(), "-p", "MemorySwapMax=0", "-p",
                    "CPUWeight=" + weight(Math.max(2, service.cpus().value() * 1024L / 1000)), "--"));
            return new Cell(List.of(), words);
        }
    }

    /// No limits.
    record None(String why) implements Confinement {
        @Override
        public String description() {
            return "limits are not enforced on this machine: " + why;
        }

        @Override
        public List<String> directories(LockedService service) {
            return List.of();
        }

        @Override
        public Cell cell(LockedService service) {
            return new Cell(List.of(), List.of());
        }
    }
}
