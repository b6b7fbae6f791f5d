package dev.plimsoll.bench.load;

import dev.plimsoll.units.MemorySize;

/// What a cgroup holds besides page cache, which fills any limit and goes when memory is needed.
///
/// @param anonymous private memory of processes
/// @param shared shared memory: shared_buffers and the like
/// @param kernel page tables, sockets and other memory of the kernel
record Held(MemorySize anonymous, MemorySize shared, MemorySize kernel) {
    static final Held NOTHING = new Held(MemorySize.ZERO, MemorySize.ZERO, MemorySize.ZERO);

    MemorySize total() {
        return anonymous.plus(shared).plus(kernel);
    }

    Held larger(Held other) {
        return other.total().isLargerThan(total()) ? other : this;
    }
}
