package dev.plimsoll.bench.load;

/// How much data there is.
///
/// @param scale of pgbench's tables: 100,000 accounts, about 15 MB each
/// @param factor of the shop's tables, in tenths: 10 is about 270 MB
record Sizes(int scale, int factor) {
    static final Sizes FULL = new Sizes(30, 10);
    static final Sizes QUICK = new Sizes(10, 4);
}
