package dev.plimsoll.stack;

import dev.plimsoll.units.MemorySize;
import dev.plimsoll.units.Millicores;
import java.util.Optional;

/// The server a stack runs on.
///
/// @param swap zero for none
/// @param disk size of the disk; empty when unknown
/// @param assumed whether nobody said what the server is, so that the defaults stand in
public record Host(MemorySize memory, Millicores cpus, MemorySize swap, Optional<MemorySize> disk, DiskKind diskKind,
        boolean assumed) {
    public enum DiskKind {
        SSD, HDD, NVME
    }

    /// Kernel, systemd, sshd, dockerd and containerd on a small Debian server: 300 to 450 MB, to be calibrated live.
    public static final MemorySize BASE_RESERVE = MemorySize.ofMegabytes(384);
    /// The least share of a larger server's memory that stays free for the kernel's own use.
    public static final double RESERVE_SHARE = 0.08;
    /// Shim and port proxy of one container: 15 to 25 MB.
    public static final MemorySize CONTAINER_RESERVE = MemorySize.ofMegabytes(20);

    /// The small server most stacks meet first: 4 GB, 2 cores, an SSD, no swap.
    public static final Host TYPICAL = new Host(MemorySize.ofGigabytes(4), Millicores.ofCores(2), MemorySize.ZERO,
            Optional.empty(), DiskKind.SSD, true);

    public static Host of(MemorySize memory, Millicores cpus) {
        return new Host(memory, cpus, MemorySize.ZERO, Optional.empty(), DiskKind.SSD, false);
    }

    /// The same server with another amount of memory, which is then no assumption.
    public Host with(MemorySize other) {
        return new Host(other, cpus, swap, disk, diskKind, false);
    }

    /// What the OS and the container engine need besides `containers` containers.
    public MemorySize reserve(int containers) {
        return BASE_RESERVE.max(memory.times(RESERVE_SHARE)).plus(CONTAINER_RESERVE.times(containers));
    }

    /// The load line: what the limits of all containers together may reach.
    public MemorySize loadLine(int containers) {
        return memory.minus(reserve(containers));
    }
}
