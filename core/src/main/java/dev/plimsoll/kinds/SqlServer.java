package dev.plimsoll.kinds;

import dev.plimsoll.source.Located;
import dev.plimsoll.stack.Host;
import dev.plimsoll.stack.Service;
import dev.plimsoll.stack.Stack;
import dev.plimsoll.units.MemoryDialect;
import dev.plimsoll.units.MemorySize;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Microsoft SQL Server on Linux. Releases before 2022 CU20 take the whole machine for theirs under cgroups of version
/// 2, whatever the container's limit, so that the limit is told to every one.
final class SqlServer implements Kind {
    static final String BOUND = "MSSQL_MEMORY_LIMIT_MB";

    /// It does not start where it sees less.
    private static final MemorySize LEAST = MemorySize.ofMegabytes(2000);
    /// What it takes of the memory that it sees unless told otherwise.
    private static final double SHARE = 0.8;
    /// Beside what it counts: its own code, and what libraries take. Nobody measured it.
    private static final double BESIDE = 0.1;
    private static final MemorySize IDLE = MemorySize.ofMegabytes(700);
    private static final String SETUP = "https://learn.microsoft.com/sql/linux/sql-server-linux-setup#system";
    private static final String MEMORY = "https://learn.microsoft.com/sql/linux/configure/"
            + "performance-best-practices-sql-server-memory";
    private static final Pattern NAME = Pattern.compile("mssql-server.*|azure-sql-edge");

    @Override
    public String id() {
        return "sqlserver";
    }

    @Override
    public Role role() {
        return Role.DATABASE;
    }

    @Override
    public boolean recognises(Clues clues) {
        return (clues.imageIs("mssql/server") || clues.imageNameMatches(NAME)) && OwnServer.runs(clues, "sqlservr")
                || clues.runs("sqlservr");
    }

    @Override
    public List<Integer> ports() {
        return List.of(1433);
    }

    @Override
    public List<String> dataPaths(Service service) {
        return List.of("/var/opt/mssql", "/var/opt/mssql/data");
    }

    @Override
    public Settings settings(Stack stack, Clues clues) {
        return Settings.ofVariable(clues.service(), BOUND);
    }

    private static MemorySize bound(Recognised service, Host host) {
        return service.settings().value(BOUND).flatMap(value -> MemoryDialect.COMPOSE.parse(value + "m"))
                .orElseGet(() -> service.limit().map(Located::value).orElse(host.memory()).times(SHARE));
    }

    private static Amount ceiling(MemorySize bound) {
        return Amount.of(new Term("what it counts", bound, BOUND, MEMORY), new Term("beside it", bound.times(BESIDE),
                "a tenth", SimpleKind.ASSUMPTION));
    }

    @Override
    public Demand demand(Recognised service, Host host) {
        var peak = service.calibrated().size(Constant.PEAK);
        var expected = peak.map(seen -> Amount.of(new Term("measured peak", seen, "", service.calibrated().source(
                Constant.PEAK, SimpleKind.ASSUMPTION)))).orElse(Amount.of(new Term("asked for at start", LEAST, "",
                        SETUP)));
        return Demand.bounded(Amount.of(new Term("idle", IDLE, "", SimpleKind.ASSUMPTION)), expected, ceiling(bound(
                service, host)));
    }

    @Override
    public Sizing sizing(Recognised service, Host host) {
        return new Sizing() {
            @Override
            public MemorySize minimum(int level) {
                return LEAST;
            }

            @Override
            public MemorySize useful(int level) {
                return MemorySize.ofGigabytes(64);
            }

            @Override
            public Allotment at(MemorySize limit, int level) {
                var bound = limit.times(SHARE).roundedDownTo(MemorySize.ofMegabytes(1));
                return new Allotment(List.of(new Choice(BOUND, String.valueOf(bound.megabytes()), "80 % of the limit "
                        + limit + ", as the server does where it knows it", MEMORY, "the limit")), Optional.of(ceiling(
                                bound)),
                        bound);
            }

            @Override
            public double weight() {
                return 4;
            }
        };
    }
}
