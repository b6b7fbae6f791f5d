package dev.plimsoll.bench.load;

import dev.plimsoll.units.MemorySize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// A memory cgroup made by hand, version 1 or 2.
///
/// @param path its directory
/// @param unified whether it is of version 2
record Cgroup(Path path, boolean unified) {
    private static final Path ROOT = Path.of("/sys/fs/cgroup");
    private static final String CONTROLLERS = "cgroup.subtree_control";
    /// Joins before it becomes the command, so that every page is charged.
    private static final String JOIN = "echo $$ > \"$0\" && exec \"$@\"";

    static Cgroup create(String name, MemorySize limit) throws IOException {
        return create(ROOT, name, limit);
    }

    static Cgroup create(Path root, String name, MemorySize limit) throws IOException {
        var unified = Files.exists(root.resolve(CONTROLLERS));
        var group = new Cgroup((unified ? root : root.resolve("memory")).resolve(name), unified);
        try {
            Files.createDirectory(group.path);
            group.limit(root, String.valueOf(limit.bytes()));
        } catch (IOException refused) {
            Files.deleteIfExists(group.path);
            throw new MissingTool("cannot make a memory cgroup at " + group.path + "; run this as root where "
                    + "/sys/fs/cgroup can be written");
        }
        return group;
    }

    private void limit(Path root, String bytes) throws IOException {
        if (!unified) {
            Files.writeString(path.resolve("memory.limit_in_bytes"), bytes);
            writeIfThere("memory.memsw.limit_in_bytes", bytes);
            return;
        }
        Files.writeString(root.resolve(CONTROLLERS), "+memory");
        Files.writeString(path.resolve("memory.max"), bytes);
        writeIfThere("memory.swap.max", "0");
    }

    private void writeIfThere(String file, String value) throws IOException {
        if (Files.exists(path.resolve(file))) {
            Files.writeString(path.resolve(file), value);
        }
    }

    /// What to put before a command so that it runs in this group.
    List<String> joining() {
        return List.of("sh", "-c", JOIN, path.resolve("cgroup.procs").toString());
    }

    Held held() throws IOException {
        var stat = Files.readAllLines(path.resolve("memory.stat"));
        if (!unified) {
            return new Held(size(stat, "total_rss"), size(stat, "total_shmem"), MemorySize.ofBytes(Long.parseLong(
                    Files.readString(path.resolve("memory.kmem.usage_in_bytes")).strip())));
        }
        var kernel = Stream.of("slab", "kernel_stack", "pagetables", "sock").map(part -> size(stat, part))
                .reduce(MemorySize.ZERO, MemorySize::plus);
        return new Held(size(stat, "anon"), size(stat, "shmem"), kernel);
    }

    /// Processes the kernel has killed in it since it was made.
    long oomKills() throws IOException {
        return count(Files.readAllLines(path.resolve(unified ? "memory.events" : "memory.oom_control")), "oom_kill");
    }

    private static MemorySize size(List<String> lines, String name) {
        return MemorySize.ofBytes(count(lines, name));
    }

    private static long count(List<String> lines, String name) {
        return lines.stream().filter(line -> line.startsWith(name + " ")).findFirst()
                .map(line -> Long.parseLong(line.substring(name.length() + 1)))
                .orElseThrow(() -> new IllegalStateException("the kernel does not tell " + name));
    }

    void remove() throws IOException {
        Files.deleteIfExists(path);
    }
}
