package dev.plimsoll.bench.load;

import dev.plimsoll.units.MemorySize;

/// How much data there is.
///
/// @param scale of pgbench's tables: 100,000 accounts, about 15 MB for each 1
/// @param factor of the shop's tables: about 27 MB for each 1
record Sizes(int scale, int factor) {
    static final Sizes FULL = new Sizes(30, 10);
    static final Sizes QUICK = new Sizes(5, 2);

    MemorySize accounts() {
        return MemorySize.ofMegabytes(15).times((long) scale);
    }

    MemorySize shop() {
        return MemorySize.ofMegabytes(27).times((long) factor);
    }

    /// Rows of the table that gets an index.
    int lines() {
        return 120_000 * factor;
    }
}
