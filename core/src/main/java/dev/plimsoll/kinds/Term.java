package dev.plimsoll.kinds;

import dev.plimsoll.units.MemorySize;

/// One summand of a memory demand, with its arithmetic and source.
///
/// @param what `shared memory`
/// @param arithmetic `1.0235 × shared_buffers 256 MB + 16 MB + ...`
/// @param source where the formula or constant comes from
public record Term(String what, MemorySize size, String arithmetic, String source) {
    @Override
    public String toString() {
        return what + " " + size + (arithmetic.isEmpty() ? "" : " = " + arithmetic);
    }
}
