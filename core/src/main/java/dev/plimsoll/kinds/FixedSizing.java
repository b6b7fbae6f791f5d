package dev.plimsoll.kinds;

import dev.plimsoll.units.MemorySize;
import java.util.List;
import java.util.Optional;

/// The plan for a service that has no memory setting: a least and a largest sensible limit.
record FixedSizing(MemorySize minimum, MemorySize useful, double weight) implements Sizing {
    FixedSizing {
        useful = useful.max(minimum);
    }

    @Override
    public MemorySize minimum(int level) {
        return minimum;
    }

    @Override
    public MemorySize useful(int level) {
        return useful;
    }

    @Override
    public Allotment at(MemorySize limit, int level) {
        return new Allotment(List.of(), Optional.empty(), minimum.times(0.7));
    }
}
