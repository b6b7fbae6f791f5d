package dev.plimsoll.runtime.worker;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;

/// A process and all it started, and what memory they take together now. For one thread.
final class Family {
    /// Looking through all processes takes about as long as reading twenty of them.
    private static final int LOOKS_PER_SEARCH = 5;

    private final long leader;
    private final Optional<Cgroup> group;
    private Set<Long> members = Set.of();
    private int looks;

    Family(long leader, Optional<Cgroup> group) {
        this.leader = leader;
        this.group = group;
    }

    /// Private memory now.
    ///
    /// @param worth below this the cheap count will do, which counts for each process what forked ones share
    Memory memory(Memory worth) {
        if (group.isPresent() || looks++ % LOOKS_PER_SEARCH == 0) {
            search();
        }
        var counted = sum(Procfs::counted);
        return members.size() > 1 && counted.isMoreThan(worth) ? sum(Procfs::exact) : counted;
    }

    /// Members that the kernel killed at the ceiling.
    long kernelKills() {
        return group.map(Cgroup::kills).orElse(0L);
    }

    /// The members that take more than so much each.
    Set<Long> above(Memory most) {
        var found = new LinkedHashSet<>(members);
        found.removeIf(pid -> !Procfs.counted(pid).isMoreThan(most) || !Procfs.exact(pid).isMoreThan(most));
        return found;
    }

    private void search() {
        var found = new LinkedHashSet<Long>();
        group.ifPresent(joined -> joined.processes().forEach(found::add));
        if (found.isEmpty()) {
            found.addAll(Procfs.family(leader, Procfs.all()));
        }
        members = found;
    }

    private Memory sum(LongFunction<Memory> measure) {
        return members.stream().map(measure::apply).reduce(Memory.NONE, Memory::plus);
    }
}
