package dev.plimsoll.kinds;

import dev.plimsoll.stack.Host;
import dev.plimsoll.units.MemorySize;
import java.util.regex.Pattern;

/// A program on .NET. The runtime reads the container's limit itself and keeps its heap to three quarters of it, so
/// that there is nothing to set.
final class DotNet implements Kind {
    /// Assumed for a web service: several times what an empty one takes.
    private static final MemorySize ASSUMED = MemorySize.ofMegabytes(256);
    private static final Pattern BASE = Pattern.compile("(?:.*/)?dotnet/(?:core/|nightly/)*(?:aspnet|runtime|"
            + "runtime-deps|sdk)(?:-.*)?");

    @Override
    public String id() {
        return "dotnet";
    }

    @Override
    public Role role() {
        return Role.APP;
    }

    @Override
    public boolean recognises(Clues clues) {
        return clues.image().filter(image -> BASE.matcher(image.repository()).matches()).isPresent() || clues.runs(
                "dotnet");
    }

    @Override
    public Demand demand(Recognised service, Host host) {
        var peak = service.calibrated().size(Constant.PEAK);
        if (peak.isPresent()) {
            return SimpleKind.measured(ASSUMED.dividedBy(3), peak.get(), service.calibrated());
        }
        return Demand.unbounded(Amount.of(new Term("idle", ASSUMED.dividedBy(3), "", SimpleKind.ASSUMPTION)), Amount.of(
                new Term("program", ASSUMED, "", SimpleKind.ASSUMPTION)),
                ASSUMED + " for a program on .NET, whose "
                        + "heap keeps to 75 % of the limit by itself");
    }

    @Override
    public Sizing sizing(Recognised service, Host host) {
        return service.calibrated().size(Constant.PEAK).<Sizing>map(peak -> SimpleKind.sized(peak, peak.times(4), 1))
                .orElseGet(() -> new Unknown.Assumed(service, ASSUMED));
    }
}
