package dev.plimsoll.kinds;

import dev.plimsoll.stack.Host;
import dev.plimsoll.stack.Service;
import dev.plimsoll.units.MemorySize;
import java.util.List;
import java.util.regex.Pattern;

/// A kind without memory settings Plimsoll derives: a recognition pattern and a range of memory.
///
/// @param images pattern for the last part of the image's repository
/// @param programs programs whose run gives it away
/// @param idle what it takes without load
/// @param expected what it takes under ordinary load
/// @param useful the limit beyond which more does nothing
/// @param weight see [Sizing#weight]
/// @param source of the three sizes
record SimpleKind(String id, Role role, Pattern images, List<String> programs, List<Integer> ports,
        List<String> dataPaths, MemorySize idle, MemorySize expected, MemorySize useful, double weight, String source)
        implements
            Kind {

    /// The basis of figures nobody measured.
    static final String ASSUMPTION = "assumption, to be calibrated";

    /// Where nobody measured, memory that nobody else needs is welcome.
    private static final MemorySize ROOM_FOR_A_GUESS = MemorySize.ofMegabytes(512);

    /// A row; sizes in MB, `programs`, `ports` and `dataPaths` parted by blanks.
    static SimpleKind of(String id, Role role, String images, String programs, String ports, String dataPaths,
            int idle, int expected, int useful, double weight, String source) {
        return new SimpleKind(id, role, Pattern.compile(images), words(programs),
                words(ports).stream().map(Integer::parseInt).toList(), words(dataPaths), MemorySize.ofMegabytes(idle),
                MemorySize.ofMegabytes(expected), MemorySize.ofMegabytes(useful), weight, source);
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" "));
    }

    @Override
    public boolean recognises(Clues clues) {
        return clues.imageNameMatches(images) || clues.runs(programs.toArray(String[]::new));
    }

    @Override
    public List<String> dataPaths(Service service) {
        return dataPaths;
    }

    @Override
    public Demand demand(Recognised service, Host host) {
        var peak = service.calibrated().size(Constant.PEAK);
        if (peak.isPresent()) {
            return measured(idle, peak.get(), service.calibrated());
        }
        return Demand.unbounded(Amount.of(new Term("idle", idle, "", source)),
                Amount.of(new Term("ordinary load", expected, "", source)), source.equals(ASSUMPTION)
                        ? "memory of " + id + " is an assumption"
                        : "");
    }

    /// The demand of a program that was seen under load.
    static Demand measured(MemorySize idle, MemorySize peak, Calibrated calibrated) {
        return Demand.unbounded(Amount.of(new Term("idle", idle.min(peak), "", ASSUMPTION)), Amount.of(new Term(
                "measured peak", peak, "", calibrated.source(Constant.PEAK, ASSUMPTION))), "");
    }

    /// A limit for a program that was seen under load. A quarter more is useful at least, for what one look misses.
    static Sizing sized(MemorySize peak, MemorySize useful, double weight) {
        var step = MemorySize.ofMegabytes(16);
        return new FixedSizing(peak.roundedUpTo(step), useful.max(peak.times(1.25).roundedUpTo(step)), weight);
    }

    @Override
    public Sizing sizing(Recognised service, Host host) {
        var peak = service.calibrated().size(Constant.PEAK);
        if (peak.isPresent()) {
            return sized(peak.get(), useful, weight);
        }
        return new FixedSizing(expected.times(1.25).roundedUpTo(MemorySize.ofMegabytes(16)), source.equals(ASSUMPTION)
                ? useful.max(ROOM_FOR_A_GUESS)
                : useful, weight);
    }
}
