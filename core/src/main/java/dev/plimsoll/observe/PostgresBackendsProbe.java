package dev.plimsoll.observe;

import static dev.plimsoll.observe.PostgresConfigProbe.json;
import static dev.plimsoll.observe.PostgresConfigProbe.rows;
import static dev.plimsoll.observe.PostgresConfigProbe.word;

import dev.plimsoll.lock.Lock;
import dev.plimsoll.lock.LockedService;
import dev.plimsoll.units.MemorySize;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What each backend of a PostgreSQL server has for itself. The server reads its own processes in `/proc`, so that the
/// same question works in a container and beside one.
public final class PostgresBackendsProbe implements Probe {
    /// The kernel walks a backend's page tables for each answer. Those that live longest had most time to grow.
    private static final int MOST = 100;
    /// A file of `/proc` has no size, so that a length has to be given: the kernel writes 25 lines of at most 80 signs.
    private static final int LENGTH = 4096;
    private static final Question BACKENDS = json("SELECT coalesce(nullif(application_name, ''), usename, '') AS "
            + "client, state LIKE 'idle%' AS idle, pg_read_file('/proc/' || pid || '/smaps_rollup', 0, " + LENGTH
            + ", true) AS memory FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> "
            + "pg_backend_pid() ORDER BY backend_start LIMIT " + MOST);
    /// Anonymous memory, pages that were never written since the fork shared out among those who have them. Shared
    /// buffers that only one backend has touched would count as private pages, and are not its own.
    private static final Pattern OWN = Pattern.compile("(?m)^(?:Pss_Anon|SwapPss):\\s+(\\d{1,12}) kB$");
    private static final String HOW = "Pss_Anon of /proc/PID/smaps_rollup";

    /// @param client application or user
    private record Backend(String client, boolean idle, MemorySize own) {}

    @Override
    public String id() {
        return "postgres backends";
    }

    @Override
    public List<Question> questions(Lock lock, LockedService service, Container container) {
        return service.is("postgres") && container.isRunning() ? List.of(BACKENDS) : List.of();
    }

    @Override
    public Observations read(Sight sight) {
        var facts = new Facts(sight);
        if (!sight.is("postgres") || !sight.container().isRunning()) {
            return facts.done();
        }
        var rows = rows(sight, BACKENDS, "postgres.backends", facts);
        var backends = rows.stream().flatMap(row -> own(word(row, "memory")).map(own -> new Backend(word(row, "client"),
                Json.isTrue(row, "idle"), own)).stream()).toList();
        if (backends.isEmpty()) {
            return (rows.isEmpty() ? facts : facts.gap("postgres.backends", "the kernel does not tell")).done();
        }
        total(backends, "postgres.backends.", facts);
        total(backends.stream().filter(Backend::idle).toList(), "postgres.backends.idle_", facts);
        return facts.done();
    }

    private static void total(List<Backend> backends, String prefix, Facts facts) {
        facts.count(prefix + "seen", backends.size(), HOW);
        facts.bytes(prefix + "own", backends.stream().map(Backend::own).reduce(MemorySize.ZERO, MemorySize::plus), HOW);
        backends.stream().max(Comparator.comparing(Backend::own)).ifPresent(largest -> facts.bytes(prefix + "largest",
                largest.own(), HOW).text(prefix + "largest_of", largest.client(), "pg_stat_activity"));
    }

    /// Empty where the kernel does not tell; it does from 5.3 on.
    private static Optional<MemorySize> own(String rollup) {
        return OWN.matcher(rollup).results().map(found -> MemorySize.ofKilobytes(Long.parseLong(found.group(1))))
                .reduce(MemorySize::plus);
    }
}
