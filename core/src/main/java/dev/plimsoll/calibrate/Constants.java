package dev.plimsoll.calibrate;

import dev.plimsoll.kinds.Constant;
import dev.plimsoll.kinds.Kinds;
import dev.plimsoll.kinds.PgBouncer;
import dev.plimsoll.kinds.PostgresMemory;
import dev.plimsoll.kinds.PrometheusMemory;
import dev.plimsoll.kinds.RedisMemory;
import dev.plimsoll.lock.LockedService;
import dev.plimsoll.lock.LockedSetting;
import dev.plimsoll.units.MemorySize;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// What follows from one container's state for the constants of its kind. A value is taken only where the state is
/// one in which it shows.
record Constants(LockedService service, State state, Load load) {
    /// Fewer backends or transactions say little about the next ones.
    private static final int LEAST_BACKENDS = 5;
    private static final int LEAST_COMMITS = 1000;
    /// From here on the base of a Redis no longer blurs its fragmentation.
    private static final MemorySize LEAST_DATA = MemorySize.ofMegabytes(32);
    /// Up to here a Redis is as good as empty.
    private static final MemorySize MOST_EMPTY = MemorySize.ofMegabytes(4);
    private static final int LEAST_CLIENTS = 50;
    private static final int LEAST_SERIES = 5000;
    /// Targets have been scraped a few times.
    private static final int SCRAPED_SECONDS = 300;
    /// The first block of two hours has been written, and what it took in memory is known.
    private static final int BLOCK_SECONDS = 3 * 3600;
    private static final long PAGE_KILOBYTES = 8;

    List<Taking> all() {
        var found = new ArrayList<>(switch (service.kind()) {
            case "postgres" -> List.of(backend(), sharedMemory());
            case "redis" -> List.of(redisBase(), fragmentation());
            case "pgbouncer" -> List.of(client());
            case "prometheus" -> List.of(series(), seriesMemory());
            default -> worker();
        });
        found.add(load.absence().<Taking>map(why -> new Taking.Refused(Constant.PEAK, why))
                .orElseGet(() -> Taking.of(Constant.PEAK, state.held().bytes(), state,
                        "anonymous, shared and kernel memory at the fullest look")));
        return found;
    }

    private static Taking refused(Constant constant, String why) {
        return new Taking.Refused(constant, why);
    }

    private Taking backend() {
        var backends = state.count("postgres.connections.total").orElse(0L);
        var commits = state.count("postgres.activity.commits").orElse(0L);
        var shared = state.size("memory.shared").orElse(MemorySize.ZERO);
        if (backends < LEAST_BACKENDS || commits < LEAST_COMMITS) {
            return refused(Constant.BACKEND, String.format(Locale.ROOT,
                    "%d backends after %,d transactions, and it takes %d and %,d", backends, commits, LEAST_BACKENDS,
                    LEAST_COMMITS));
        }
        var processes = PostgresMemory.SERVER_PROCESSES;
        return Taking.of(Constant.BACKEND, (double) state.held().minus(shared).minus(processes).bytes() / backends,
                state, "(held " + state.held() + " - shared " + shared + " - server processes " + processes + ") / "
                        + backends + " backends");
    }

    private Taking sharedMemory() {
        var said = state.count("postgres.setting.shared_memory_size").map(MemorySize::ofMegabytes);
        var buffers = state.count("postgres.setting.shared_buffers");
        var wal = state.count("postgres.setting.wal_buffers");
        var connections = state.count("postgres.setting.max_connections");
        if (said.isEmpty() || buffers.isEmpty() || wal.isEmpty() || connections.isEmpty()) {
            return refused(Constant.SHARED_MEMORY_FACTOR, "the server does not tell shared_memory_size (version 15 and "
                    + "later do) or the settings it follows from");
        }
        var modelled = PostgresMemory.sharedMemory(MemorySize.ofKilobytes(buffers.get() * PAGE_KILOBYTES),
                MemorySize.ofKilobytes(wal.get() * PAGE_KILOBYTES), Math.toIntExact(Math.min(connections.get(),
                        1_000_000)));
        return Taking.of(Constant.SHARED_MEMORY_FACTOR, said.get().ratioTo(modelled), state, "shared_memory_size "
                + said.get() + " / " + modelled + " of the model");
    }

    private Taking redisBase() {
        var used = state.size("redis.info.used_memory");
        if (used.isEmpty()) {
            return refused(Constant.REDIS_BASE, "the server does not tell used_memory");
        }
        return used.get().isLargerThan(MOST_EMPTY)
                ? refused(Constant.REDIS_BASE, "it holds " + used.get() + ", and up to " + MOST_EMPTY + " count as "
                        + "empty")
                : Taking.of(Constant.REDIS_BASE, state.held().minus(used.get()).bytes(), state, "held " + state.held()
                        + " - used_memory " + used.get());
    }

    /// From the server's own resident memory, which a copy that writes a snapshot does not change.
    private Taking fragmentation() {
        var used = state.size("redis.info.used_memory").orElse(MemorySize.ZERO);
        var resident = state.size("redis.info.used_memory_rss");
        if (resident.isEmpty()) {
            return refused(Constant.FRAGMENTATION, "the server does not tell used_memory_rss");
        }
        return LEAST_DATA.isLargerThan(used)
                ? refused(Constant.FRAGMENTATION, "it holds " + used + ", and below " + LEAST_DATA
                        + " its base blurs it")
                : Taking.of(Constant.FRAGMENTATION, Math.max(1, resident.get().minus(RedisMemory.BASE).ratioTo(used)),
                        state, "(used_memory_rss " + resident.get() + " - base " + RedisMemory.BASE
                                + ") / used_memory " + used + ", at least 1");
    }

    private Taking client() {
        var clients = PgBouncerState.clients(state).orElse(0);
        if (clients < LEAST_CLIENTS) {
            return refused(Constant.CLIENT, clients + " clients, and it takes " + LEAST_CLIENTS);
        }
        return Taking.of(Constant.CLIENT, (double) state.held().minus(PgBouncer.IDLE).bytes() / clients, state,
                "(held " + state.held() + " - idle " + PgBouncer.IDLE + ") / " + clients + " clients");
    }

    private Taking series() {
        var series = state.number("prometheus.series");
        if (series.isEmpty() || age() < SCRAPED_SECONDS) {
            return refused(Constant.SERIES, series.isEmpty()
                    ? "it does not tell its series"
                    : "it runs for less than "
                            + SCRAPED_SECONDS / 60 + " minutes");
        }
        return Taking.of(Constant.SERIES, series.get(), state, "/api/v1/status/tsdb");
    }

    private Taking seriesMemory() {
        var series = state.count("prometheus.series").orElse(0L);
        if (series < LEAST_SERIES || age() < BLOCK_SECONDS) {
            return refused(Constant.SERIES_MEMORY, String.format(Locale.ROOT, "%,d series after %,d minutes, and it "
                    + "takes %,d and %,d", series, age() / 60, LEAST_SERIES, BLOCK_SECONDS / 60));
        }
        return Taking.of(Constant.SERIES_MEMORY, (double) state.held().minus(PrometheusMemory.IDLE).bytes() / series,
                state, "(held " + state.held() + " - idle " + PrometheusMemory.IDLE + ") / " + series + " series");
    }

    private long age() {
        return state.count("container.age").orElse(0L);
    }

    /// Of a pool, the mean over its processes: copies of one parent share pages, which a sum of their sizes counts
    /// again and again.
    private List<Taking> worker() {
        return Kinds.find(service.kind()).flatMap(kind -> kind.parent()).map(parent -> worker(parent)).stream()
                .toList();
    }

    private Taking worker(MemorySize parent) {
        var count = Stream.of("workers", "concurrency").flatMap(name -> service.setting(name).stream())
                .map(LockedSetting::value).filter(text -> text.matches("[1-9]\\d{0,5}")).map(Integer::valueOf)
                .findFirst();
        Optional<String> why = count.isEmpty() ? Optional.of("the plan names no number of workers") : load.absence();
        if (why.isPresent() || count.isEmpty()) {
            return refused(Constant.WORKER, why.orElse(""));
        }
        return Taking.of(Constant.WORKER, (double) state.held().minus(parent).bytes() / count.get(), state, "(held "
                + state.held() + " - parent " + parent + ") / " + count.get() + " workers");
    }
}
