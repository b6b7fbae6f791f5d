package dev.plimsoll.kinds;

import dev.plimsoll.stack.Host;
import dev.plimsoll.units.MemorySize;
import java.util.List;
import java.util.Optional;

/// A service Plimsoll has no model of. Nothing but its limit bounds it, and that is said.
public final class Unknown implements Kind {
    public static final String ID = "unknown";

    /// Assumed for a program nobody described: between a small Go service and a Python one.
    private static final MemorySize ASSUMED = MemorySize.ofMegabytes(192);

    /// Of a limit that somebody chose. Assumption.
    private static final double EXPECTED_SHARE = 0.7;

    /// Enough for models in memory, media and the like.
    private static final MemorySize MOST = MemorySize.ofGigabytes(4);

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Role role() {
        return Role.APP;
    }

    @Override
    public boolean recognises(Clues clues) {
        return false;
    }

    /// What a program is assumed to need of which nothing but its limit is known; empty without one.
    static Optional<MemorySize> assumedFrom(Recognised service) {
        return service.limit().map(limit -> limit.value().times(EXPECTED_SHARE));
    }

    /// Whether neither the files nor a measurement say what it needs.
    public static boolean isGuessed(Recognised service) {
        return service.limit().isEmpty() && service.calibrated().size(Constant.PEAK).isEmpty();
    }

    @Override
    public Demand demand(Recognised service, Host host) {
        var peak = service.calibrated().size(Constant.PEAK);
        if (peak.isPresent()) {
            return SimpleKind.measured(ASSUMED.dividedBy(3), peak.get(), service.calibrated());
        }
        var expected = assumedFrom(service).orElse(ASSUMED);
        return Demand.unbounded(Amount.of(new Term("idle", expected.dividedBy(3), "", "assumption")),
                Amount.of(new Term("assumed", expected, "", "assumption")), "no memory model of this program; its "
                        + "limit is its only bound");
    }

    @Override
    public Sizing sizing(Recognised service, Host host) {
        return service.calibrated().size(Constant.PEAK).<Sizing>map(peak -> SimpleKind.sized(peak, peak.times(4), 1))
                .orElseGet(() -> new Assumed(service, ASSUMED));
    }

    /// Keeps to the declared limit where there is one: half of it is the least, all of it is enough. Otherwise half of
    /// what is assumed is the least, so that a guess alone does not push services off a server, and memory that
    /// nobody else needs is welcome, so that it does not stop them on a large one either.
    record Assumed(Recognised service, MemorySize assumed) implements Sizing {
        @Override
        public MemorySize minimum(int level) {
            return service.limit().map(limit -> limit.value().dividedBy(2)).orElse(assumed.dividedBy(2))
                    .max(MemorySize.ofMegabytes(16));
        }

        @Override
        public MemorySize assumed(int level) {
            return assumedFrom(service).orElse(assumed).max(minimum(level));
        }

        @Override
        public MemorySize useful(int level) {
            return service.limit().map(limit -> limit.value().max(minimum(level))).orElse(MOST);
        }

        @Override
        public Allotment at(MemorySize limit, int level) {
            return new Allotment(List.of(), Optional.empty(), minimum(level).min(limit));
        }

        @Override
        public double weight() {
            return 1;
        }
    }
}
