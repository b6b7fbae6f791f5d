package dev.plimsoll.bench.load;

import dev.plimsoll.units.MemorySize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A bound on what a server writes to its disk in a second, as small servers have that rent a disk over the network.
/// Version 1 of cgroups counts what a process makes durable itself, such as a commit's log and a checkpoint's files, and
/// not what the kernel writes back later on its own; version 2 counts all.
///
/// @param path the group's directory
record DiskLimit(Path path) {
    private static final Path VERSION_1 = Path.of("/sys/fs/cgroup/blkio");

    /// @param work on the disk that is meant
    /// @param memory the server's group, in which version 2 keeps this limit too
    static DiskLimit create(String name, Path work, MemorySize perSecond, Cgroup memory) throws IOException {
        var device = device(work);
        var limit = new DiskLimit(memory.unified() ? memory.path() : VERSION_1.resolve(name));
        try {
            if (memory.unified()) {
                Files.writeString(limit.path.resolveSibling("cgroup.subtree_control"), "+io");
                Files.writeString(limit.path.resolve("io.max"), device + " wbps=" + perSecond.bytes());
            } else {
                Files.createDirectory(limit.path);
                Files.writeString(limit.path.resolve("blkio.throttle.write_bps_device"), device + " " + perSecond
                        .bytes());
            }
            return limit;
        } catch (IOException refused) {
            limit.remove();
            throw new MissingTool("cannot bound the disk " + device + " in a cgroup; leave out --disk, or run this "
                    + "where /sys/fs/cgroup can be written and the data lie on a disk of their own");
        }
    }

    /// `254:0`, the whole disk where the directory lies on a partition of it.
    private static String device(Path work) throws IOException {
        var number = (long) Files.getAttribute(work, "unix:dev");
        var name = (number >> 8 & 0xfff) + ":" + (number & 0xff | number >> 12 & 0xfff00);
        var disk = Path.of("/sys/dev/block", name).toAbsolutePath();
        return Files.exists(disk.resolve("partition"))
                ? Files.readString(disk.toRealPath().resolveSibling("dev")).strip()
                : name;
    }

    /// What to put before a command so that it runs in this group; nothing where the memory group is the same.
    List<String> joining() {
        return path.startsWith(VERSION_1) ? new Cgroup(path, false).joining() : List.of();
    }

    void remove() throws IOException {
        if (path.startsWith(VERSION_1)) {
            Files.deleteIfExists(path);
        }
    }
}
