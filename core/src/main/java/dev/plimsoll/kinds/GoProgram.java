package dev.plimsoll.kinds;

import dev.plimsoll.stack.BuiltImage;
import dev.plimsoll.stack.Host;
import dev.plimsoll.stack.Image;
import dev.plimsoll.stack.Stack;
import dev.plimsoll.units.MemorySize;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A program written in Go, known by the Dockerfile that compiles it. Its collector takes a bound of memory.
final class GoProgram implements Kind {
    static final String BOUND = "GOMEMLIMIT";

    /// Assumed for a small service: a few times what an empty one takes.
    private static final MemorySize ASSUMED = MemorySize.ofMegabytes(96);
    /// Of the limit; Go's manual advises to leave 5 to 10 % for what the collector does not count.
    private static final int BOUND_PERCENT = 90;
    private static final String MANUAL = "https://go.dev/doc/gc-guide#Memory_limit";
    private static final Pattern COMPILER = Pattern.compile("golang|go-toolset|go");
    /// Images that bring no language of their own, so that what was compiled is what runs.
    private static final Pattern PLAIN = Pattern.compile("alpine|debian|ubuntu|busybox|golang|static.*|base.*|cc.*|"
            + "distroless.*|ubi-(?:minimal|micro)|wolfi-base|glibc.*|archlinux|fedora");

    @Override
    public String id() {
        return "go";
    }

    @Override
    public Role role() {
        return Role.APP;
    }

    @Override
    public boolean recognises(Clues clues) {
        var isCompiled = clues.service().built()
                .filter(made -> made.stages().stream().map(stage -> Image.of(stage).name())
                        .anyMatch(name -> COMPILER.matcher(name).matches()))
                .isPresent();
        var base = clues.service().built().flatMap(BuiltImage::base).map(found -> Image.of(found.value()).name());
        return isCompiled && base.filter(name -> !PLAIN.matcher(name).matches()).isEmpty();
    }

    @Override
    public Settings settings(Stack stack, Clues clues) {
        return Settings.ofVariable(clues.service(), BOUND);
    }

    @Override
    public Demand demand(Recognised service, Host host) {
        var peak = service.calibrated().size(Constant.PEAK);
        if (peak.isPresent()) {
            return SimpleKind.measured(ASSUMED.dividedBy(3), peak.get(), service.calibrated());
        }
        return Demand.unbounded(Amount.of(new Term("idle", ASSUMED.dividedBy(6), "", SimpleKind.ASSUMPTION)), Amount.of(
                new Term("program", ASSUMED, "", SimpleKind.ASSUMPTION)), ASSUMED + " for a program in Go");
    }

    @Override
    public Sizing sizing(Recognised service, Host host) {
        var around = service.calibrated().size(Constant.PEAK)
                .<Sizing>map(peak -> SimpleKind.sized(peak, peak.times(4), 1))
                .orElseGet(() -> new Unknown.Assumed(service, ASSUMED));
        return new Bounded(around, service.settings().value(BOUND));
    }

    /// @param around the size of the program itself
    /// @param chosen the bound that somebody set
    private record Bounded(Sizing around, Optional<String> chosen) implements Sizing {
        @Override
        public MemorySize minimum(int level) {
            return around.minimum(level);
        }

        @Override
        public MemorySize assumed(int level) {
            return around.assumed(level);
        }

        @Override
        public MemorySize useful(int level) {
            return around.useful(level);
        }

        @Override
        public double weight() {
            return around.weight();
        }

        @Override
        public Allotment at(MemorySize limit, int level) {
            var allotment = around.at(limit, level);
            var bound = limit.times((long) BOUND_PERCENT).dividedBy(100).megabytes() + "MiB";
            return new Allotment(List.of(new Choice(BOUND, chosen.orElse(bound), chosen.isPresent()
                    ? "as configured"
                    : BOUND_PERCENT + " % of the limit " + limit + ": the collector works harder before it is reached",
                    MANUAL, "the limit")), allotment.ceiling(), allotment.expected());
        }
    }
}
