package dev.plimsoll.observe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The directories in which the kernel tells about one process' cgroups.
///
/// @param version 1 or 2: where the memory controller is
/// @param memory directory of the memory controller
/// @param cpu directories with CPU time and throttling; in version 2 the same as `memory`
/// @param pids directory of the process count; empty when that controller is absent
/// @param pressure directory with the PSI files; on a hybrid machine in the tree of version 2
/// @param top the mount point of the memory controller, above which there are no limits
public record CgroupPlace(int version, String memory, List<String> cpu, Optional<String> pids,
        Optional<String> pressure, String top) {
    public CgroupPlace {
        cpu = List.copyOf(cpu);
    }

    /// Where version 2 is mounted in a container, with the container's own cgroup as its root.
    public static final CgroupPlace IN_CONTAINER_V2 = unified("/sys/fs/cgroup", "/sys/fs/cgroup");
    /// Where version 1 is mounted in a container; the engine binds the container's own cgroup there.
    public static final CgroupPlace IN_CONTAINER_V1 = new CgroupPlace(1, "/sys/fs/cgroup/memory",
            List.of("/sys/fs/cgroup/cpu,cpuacct", "/sys/fs/cgroup/cpu", "/sys/fs/cgroup/cpuacct"),
            Optional.of("/sys/fs/cgroup/pids"), Optional.of("/sys/fs/cgroup/unified"), "/sys/fs/cgroup/memory");

    /// Finds the directories of a process.
    ///
    /// @param cgroup the text of `/proc/PID/cgroup`
    /// @param mountinfo the text of `/proc/self/mountinfo`
    public static Optional<CgroupPlace> of(String cgroup, String mountinfo) {
        var mounts = mounts(mountinfo);
        var directories = new LinkedHashMap<String, String>();
        Optional<String> memoryTop = Optional.empty();
        for (var line : cgroup.lines().toList()) {
            var parts = line.split(":", 3);
            if (parts.length < 3) {
                continue;
            }
            for (var controller : parts[1].split(",", -1)) {
                var mount = Optional.ofNullable(mounts.get(controller));
                mount.ifPresent(found -> directories.putIfAbsent(controller, found.resolve(parts[2])));
                if (controller.equals("memory")) {
                    memoryTop = mount.map(Mount::at);
                }
            }
        }
        var unified = Optional.ofNullable(directories.get(""));
        if (memoryTop.isEmpty()) {
            return unified.map(directory -> unified(directory, mounts.getOrDefault("", Mount.NONE).at()));
        }
        return Optional.of(new CgroupPlace(1, directories.getOrDefault("memory", ""),
                List.of("cpu", "cpuacct").stream().filter(directories::containsKey)
                        .map(controller -> directories.getOrDefault(controller, "")).distinct().toList(),
                Optional.ofNullable(directories.get("pids")), unified, memoryTop.get()));
    }

    private static CgroupPlace unified(String directory, String top) {
        return new CgroupPlace(2, directory, List.of(directory), Optional.of(directory), Optional.of(directory), top);
    }

    /// Every file that [CgroupFiles#reading] can use.
    public List<String> files() {
        var files = new ArrayList<String>();
        (version == 1 ? CgroupFiles.MEMORY_V1 : CgroupFiles.MEMORY_V2).forEach(name -> files.add(memory + "/" + name));
        for (var directory : cpu) {
            files.add(directory + "/cpu.stat");
            if (version == 1) {
                files.add(directory + "/cpuacct.usage");
            }
        }
        pids.ifPresent(directory -> files.add(directory + "/pids.current"));
        pressure.ifPresent(directory -> CgroupFiles.PRESSURE.forEach(name -> files.add(directory + "/" + name)));
        above().forEach(directory -> files.add(directory + "/memory.max"));
        return List.copyOf(files);
    }

    /// The directories above the own one in version 2: the tightest limit of all counts. Version 1 sums that up itself.
    List<String> above() {
        var above = new ArrayList<String>();
        var directory = memory;
        while (version == 2 && directory.length() > top.length() && directory.startsWith(top)) {
            directory = directory.substring(0, directory.lastIndexOf('/'));
            above.add(directory);
        }
        return above;
    }

    /// Mounted hierarchies by controller; that of version 2 by the empty name.
    private static Map<String, Mount> mounts(String mountinfo) {
        var mounts = new LinkedHashMap<String, Mount>();
        mountinfo.lines().forEach(line -> {
            var halves = line.split(" - ", 2);
            var left = halves[0].split(" ", -1);
            var right = halves.length < 2 ? new String[0] : halves[1].split(" ", -1);
            if (left.length < 5 || right.length < 3) {
                return;
            }
            var mount = new Mount(left[3], left[4]);
            if (right[0].equals("cgroup2")) {
                mounts.putIfAbsent("", mount);
            } else if (right[0].equals("cgroup")) {
                var options = Set.copyOf(Arrays.asList(right[2].split(",", -1)));
                List.of("memory", "cpu", "cpuacct", "pids").stream().filter(options::contains)
                        .forEach(controller -> mounts.putIfAbsent(controller, mount));
            }
        });
        return mounts;
    }

    /// @param root the part of the hierarchy that is visible, seen from the hierarchy's own root
    /// @param at where it is mounted
    private record Mount(String root, String at) {
        static final Mount NONE = new Mount("/", "/");

        String resolve(String path) {
            var below = !root.equals("/") && (path.equals(root) || path.startsWith(root + "/"))
                    ? path.substring(root.length())
                    : path;
            return below.equals("/") || below.isEmpty() ? at : at + (below.startsWith("/") ? "" : "/") + below;
        }
    }
}
