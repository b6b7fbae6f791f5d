package dev.plimsoll.kinds;

import dev.plimsoll.stack.Host;
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

    /// What a program of fixed size needs, in megabytes.
    ///
    /// @param idle right after its start
    /// @param working under an ordinary load
    /// @param limit the least limit that leaves it room
    /// @param source where the figures come from
    record Need(int idle, int working, int limit, String source) {
        Demand demand(Recognised service, Host host) {
            return Demand.unbounded(
                    Amount.of(new Term("idle", MemorySize.ofMegabytes(idle), "", source)),
                    Amount.of(new Term("working", MemorySize.ofMegabytes(working), "", source)),
                    "no setting bounds it; figures are those of an ordinary small stack");
        }

        FixedSizing sizing(double weight) {
            return new FixedSizing(MemorySize.ofMegabytes(limit), MemorySize.ofMegabytes(2L * limit), weight);
        }
    }
}
