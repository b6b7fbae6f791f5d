package dev.plimsoll.kinds;

import dev.plimsoll.units.MemorySize;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/// The plan for a parent process with a number of alike workers. The lever is the number of workers.
///
/// @param leverName `concurrency`
/// @param base the parent
/// @param each what one worker needs
/// @param mostEach what one worker can use at best
/// @param boundedFrom the least share of a worker at which the settings stop it there; the largest size where none do
/// @param choices the settings for a number of workers and a bound for each of them
record WorkerSizing(String leverName, int declared, int least, MemorySize base, MemorySize each, MemorySize mostEach,
        MemorySize boundedFrom, double weight, BiFunction<Integer, MemorySize, List<Sizing.Choice>> choices)
        implements
            Sizing {
    private static final MemorySize STEP = MemorySize.ofMegabytes(16);

    @Override
    public Optional<Lever> lever() {
        return Optional.of(new Lever(leverName, declared, least));
    }

    @Override
    public MemorySize minimum(int level) {
        return base.plus(each.times(level)).roundedUpTo(STEP);
    }

    @Override
    public MemorySize useful(int level) {
        return base.plus(mostEach.max(each).times(level)).roundedUpTo(STEP);
    }

    @Override
    public Allotment at(MemorySize limit, int level) {
        var share = limit.minus(base).dividedBy(Math.max(1, level)).roundedDownTo(MemorySize.ofMegabytes(1));
        var ceiling = Amount.of(new Term("parent", base, "", "see the kind"), new Term("workers",
                share.times(level), level + " × " + share, "see the kind"));
        return new Allotment(choices.apply(level, share), boundedFrom.isLargerThan(share)
                ? Optional.empty()
                : Optional.of(ceiling),
                base.plus(each.times(level).times(0.8)).min(limit));
    }
}
