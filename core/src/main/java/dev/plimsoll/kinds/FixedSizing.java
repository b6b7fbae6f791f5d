package dev.plimsoll.kinds;

import dev.plimsoll.units.MemorySize;
import java.util.List;
import java.util.Optional;

/// The sizing of a program whose need hardly depends on its settings or on the stack.
public record FixedSizing(MemorySize minimum, MemorySize useful, double weight) implements Sizing {
    public FixedSizing {
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
        return new Allotment(List.of(), Optional.empty(), minimum.min(limit));
    }
}
