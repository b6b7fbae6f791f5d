package dev.plimsoll.kinds;

import dev.plimsoll.stack.Host;
import dev.plimsoll.units.MemoryDialect;
import dev.plimsoll.units.MemorySize;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Postgres settings for a given container limit. The lever is max_connections, because the number of backends that
/// may work at once decides how much memory a small server needs.
final class PostgresSizing implements Sizing {
    private static final String RESOURCE = "https://www.postgresql.org/docs/current/runtime-config-resource.html";
    private static final String WAL = "https://www.postgresql.org/docs/current/runtime-config-wal.html";
    private static final String CLIENT = "https://www.postgresql.org/docs/current/runtime-config-client.html";
    private static final String QUERY = "https://www.postgresql.org/docs/current/runtime-config-query.html";
    private static final MemorySize STEP = MemorySize.ofMegabytes(16);
    private static final MemorySize LEAST_WORK_MEM = MemorySize.ofMegabytes(1);
    private static final MemorySize MOST_WORK_MEM = MemorySize.ofMegabytes(256);
    private static final MemorySize LEAST_BUFFERS = MemorySize.ofMegabytes(64);
    private static final MemorySize MOST_BUFFERS = MemorySize.ofGigabytes(16);
    /// Two segments of the log, below which the server does not start.
    private static final MemorySize LEAST_WAL = MemorySize.ofMegabytes(32);
    private static final double BUFFER_SHARE = 0.25;
    /// The most that page tables of all backends may take of the limit; with hundreds of connections it is what
    /// bounds shared_buffers.
    private static final double PAGE_TABLE_BOUND = 0.1;
    private static final int AUTOVACUUM_WORKERS = 2;
    /// Kept for the page cache, without which every read goes to the disk.
    private static final double CACHE_SHARE = 0.1;
    private static final int LEAST_CONNECTIONS = 20;
    /// When nobody chose max_connections: two cores work on a few queries at once, and the built-in 100 would bind
    /// half a gigabyte for backends that wait.
    private static final int UNASKED_CONNECTIONS = 40;

    private final Recognised service;
    private final int cores;
    private final Host.DiskKind disk;
    private final Optional<MemorySize> diskSize;
    private final int declared;

    PostgresSizing(Recognised service, int cores, Host.DiskKind disk, Optional<MemorySize> diskSize) {
        this.service = service;
        this.cores = cores;
        this.disk = disk;
        this.diskSize = diskSize;
        this.declared = service.hints().connections().map(hint -> hint.value()).or(() -> asked(service))
                .orElse(needsMore() ? service.pooled() + ReservedConnections.ALL : UNASKED_CONNECTIONS);
    }

    /// Whether the pools in front of it could take more than what it gets when nobody chose a number.
    private boolean needsMore() {
        return service.pooled() + ReservedConnections.ALL > UNASKED_CONNECTIONS;
    }

    /// The max_connections somebody chose, be it where the image's version does not honour it.
    private static Optional<Integer> asked(Recognised service) {
        var set = service.settings().get("max_connections").filter(found -> found.origin() != Setting.Origin.DEFAULT)
                .or(() -> service.service().variable("POSTGRES_INITDB_ARGS").flatMap(args -> Postgres
                        .initdbSettings(args).stream().filter(found -> found.name().equals("max_connections"))
                        .findFirst()));
        return set.flatMap(found -> Settings.parseInteger(found.value())).filter(count -> count > 0);
    }

    @Override
    public Optional<Lever> lever() {
        return Optional.of(new Lever("max_connections", declared, LEAST_CONNECTIONS));
    }

    @Override
    public double weight() {
        return 4;
    }

    @Override
    public MemorySize minimum(int level) {
        var most = 8L;
        while (!holds(STEP.times(most), level)) {
            most *= 2;
        }
        var least = most / 2;
        while (least + 1 < most) {
            var middle = (least + most) / 2;
            if (holds(STEP.times(middle), level)) {
                most = middle;
            } else {
                least = middle;
            }
        }
        return STEP.times(most);
    }

    private boolean holds(MemorySize limit, int level) {
        return memory(limit, level, LEAST_WORK_MEM).ceiling().total().plus(limit.times(CACHE_SHARE))
                .compareTo(limit) <= 0;
    }

    @Override
    public MemorySize useful(int level) {
        return service.hints().dataset().map(hint -> hint.value().times(2).roundedUpTo(STEP).max(minimum(level)))
                .orElse(MemorySize.ofGigabytes(64).max(minimum(level)));
    }

    @Override
    public Allotment at(MemorySize limit, int level) {
        var memory = memory(limit, level, workMem(limit, level));
        var choices = new ArrayList<Choice>(List.of(
                new Choice("max_connections", String.valueOf(level), whyConnections(level),
                        RESOURCE,
                        "x-plimsoll.connections, or a pooler in front"),
                new Choice("shared_buffers", text(memory.sharedBuffers()),
                        "25 % of the limit " + limit + (level > 200
                                ? ", less for the page tables of "
                                        + level + " backends"
                                : ""),
                        RESOURCE,
                        "the limit"),
                new Choice("effective_cache_size", text(cache(limit, memory)), "limit " + limit + " - private memory "
                        + "of backends, at least shared_buffers", QUERY, "the limit"),
                new Choice("work_mem", text(memory.workMem()), "(limit " + limit + " - " + besideQueries(memory, limit)
                        + ") / (" + memory.queries().arithmetic().replaceFirst(" × work_mem.*", "")
                        + " × hash_mem_multiplier "
                        + memory.hashMultiplier() + ")", RESOURCE, "the limit, max_connections"),
                new Choice("hash_mem_multiplier", String.valueOf(memory.hashMultiplier()),
                        "the built-in default of version " + memory.major(), RESOURCE, "the version"),
                new Choice("maintenance_work_mem", text(memory.maintenanceWorkMem()), "a sixteenth of the limit, 16 MB "
                        + "to 1 GB", RESOURCE, "the limit"),
                new Choice("autovacuum_max_workers", String.valueOf(AUTOVACUUM_WORKERS), "two are enough for "
                        + "one small server, and each may take autovacuum_work_mem", RESOURCE, "nothing"),
                new Choice("autovacuum_work_mem", text(memory.autovacuumWorkMem()), "a thirty-second of the limit, "
                        + "8 MB to 256 MB", RESOURCE, "the limit"),
                new Choice("wal_buffers", text(memory.walBuffers()), "shared_buffers / 32, at most 16 MB", WAL,
                        "shared_buffers")));
        choices.addAll(independent(limit));
        choices.add(chosen("idle_in_transaction_session_timeout", "60s", "a forgotten transaction blocks vacuum and a "
                + "pool slot", CLIENT, "longer transactions on purpose"));
        temporaryFiles().ifPresent(choices::add);
        logCompression().ifPresent(choices::add);
        return new Allotment(choices, Optional.of(withCache(memory, limit)), memory.expected().total().min(limit));
    }

    private String whyConnections(int level) {
        if (service.hints().connections().isPresent()) {
            return "x-plimsoll.connections";
        }
        if (level < declared) {
            return "lowered from " + declared + " to fit";
        }
        if (asked(service).isPresent()) {
            return "as configured";
        }
        return needsMore()
                ? "nobody set it; " + service.pooled() + " for the pools in front of it + " + ReservedConnections.ALL
                        + " for migrations, backups, monitoring and the superuser"
                : "nobody set it; the built-in 100 binds memory for backends that wait";
    }

    /// `484 MB shared memory - 275 MB backends ...`: what work_mem has to leave.
    private static String besideQueries(PostgresMemory memory, MemorySize limit) {
        return withCache(memory, limit).terms().stream().filter(term -> !term.what().equals("queries"))
                .map(term -> term.size() + " " + term.what()).collect(Collectors.joining(" - "));
    }

    private static Amount withCache(PostgresMemory memory, MemorySize limit) {
        var terms = new ArrayList<>(memory.ceiling().terms());
        terms.add(new Term("page cache", limit.times(CACHE_SHARE), "10 % of the limit, so that reads do not crawl",
                "planning rule"));
        return new Amount(terms);
    }

    private List<Choice> independent(MemorySize limit) {
        var choices = new ArrayList<>(processes());
        choices.addAll(log());
        choices.addAll(List.of(
                chosen("random_page_cost", disk == Host.DiskKind.HDD ? "4" : "1.1", disk + " disk", QUERY,
                        "x-plimsoll.host.disk_kind"),
                chosen("effective_io_concurrency", disk == Host.DiskKind.HDD ? "2" : "200", disk + " disk", RESOURCE,
                        "x-plimsoll.host.disk_kind"),
                new Choice("jit", "off", "compiling one query keeps about 10 MB in its backend for good",
                        "measured on PostgreSQL 15.18", "long analytical queries"),
                chosen("huge_pages", "try", "refuses to start with `on` where the host has none", RESOURCE,
                        "the host's vm.nr_hugepages"),
                new Choice("shm_size", text(limit.dividedBy(8).max(MemorySize.ofMegabytes(64)).min(
                        MemorySize.ofGigabytes(1))), "parallel hash joins live in /dev/shm; counted in the limit",
                        "https://docs.docker.com/reference/compose-file/services/#shm_size", "the limit")));
        return choices;
    }

    /// The workers of queries count in the ceiling, so that the plan alone chooses them.
    private List<Choice> processes() {
        var choices = new ArrayList<Choice>();
        if (own("max_worker_processes").isPresent() || !tunesWorkers()) {
            choices.add(chosen("max_worker_processes", String.valueOf(Math.max(8, cores)),
                    "the default, or one a core", RESOURCE, "the CPUs"));
        }
        choices.addAll(List.of(
                new Choice("max_parallel_workers", String.valueOf(cores), "one a core", RESOURCE, "the CPUs"),
                new Choice("max_parallel_workers_per_gather", String.valueOf(cores <= 2 ? 0 : Math.min(4, cores / 2)),
                        cores <= 2
                                ? "off: on " + cores + " cores parallel workers only multiply memory"
                                : "half the cores, at most 4",
                        RESOURCE, "the CPUs"),
                chosen("max_parallel_maintenance_workers", String.valueOf(Math.clamp(cores / 2, 0, 4)),
                        "half the cores, at most 4", RESOURCE, "the CPUs")));
        return choices;
    }

    /// TimescaleDB's images count the workers of its jobs when they make the database.
    private boolean tunesWorkers() {
        return service.clues().image().filter(image -> image.name().startsWith("timescaledb")).isPresent();
    }

    private List<Choice> log() {
        var most = chosen("max_wal_size", text(diskSize.map(size -> size.dividedBy(20).min(MemorySize.ofGigabytes(4))
                .max(MemorySize.ofMegabytes(256))).orElse(MemorySize.ofGigabytes(1))), diskSize.isPresent()
                        ? "5 % of the disk, 256 MB to 4 GB"
                        : "the built-in default, as the disk is unknown",
                WAL, "x-plimsoll.host.disk");
        var quarter = MemoryDialect.POSTGRES.parse(most.value()).map(size -> size.dividedBy(4).roundedDownTo(STEP)
                .max(LEAST_WAL));
        return List.of(most,
                chosen("min_wal_size", text(quarter.orElse(LEAST_WAL)), "a quarter of max_wal_size", WAL,
                        "max_wal_size"),
                chosen("checkpoint_timeout", "15min", "fewer full-page writes than the default of 5min", WAL,
                        "the crash recovery time you can bear"),
                chosen("checkpoint_completion_target", "0.9", "spread the writes", WAL, "nothing"));
    }

    /// A tenth of the disk for one query, so that it cannot fill it; no bound where nobody said how large the disk
    /// is, as an index build or a restore would fail on a guess.
    private Optional<Choice> temporaryFiles() {
        return own("temp_file_limit").or(() -> diskSize.map(size -> new Choice("temp_file_limit",
                text(size.dividedBy(10)
                        .roundedDownTo(MemorySize.ofMegabytes(1))),
                "a tenth of the disk, so that no query fills it", RESOURCE,
                "x-plimsoll.host.disk")));
    }

    /// A setting that takes no memory, which stays as somebody chose it.
    private Choice chosen(String setting, String value, String because, String source, String changes) {
        return own(setting).orElse(new Choice(setting, value, because, source, changes));
    }

    /// What somebody chose, for a setting that takes no memory.
    private Optional<Choice> own(String setting) {
        return service.settings().get(setting).filter(set -> set.origin() != Setting.Origin.DEFAULT)
                .map(set -> new Choice(setting, set.value(), "as configured", "from " + set.where(), set.where()
                        .toString()));
    }

    /// Nothing where the build may lack it, or where somebody chose a compression.
    private Optional<Choice> logCompression() {
        var chosen = service.settings().get("wal_compression")
                .filter(set -> set.origin() != Setting.Origin.DEFAULT && !set.value().matches("off|lz4"));
        return chosen.isPresent() || !Postgres.hasLz4(service.clues())
                ? Optional.empty()
                : Optional.of(new Choice("wal_compression", "lz4", "full pages in the log take less of the disk's "
                        + "bandwidth for little CPU; pglz was slower, and no faster than none", WAL, "the image"));
    }

    /// The largest work_mem with which the ceiling stays within the limit, in steps of 256 kB.
    private MemorySize workMem(MemorySize limit, int level) {
        var rest = memory(limit, level, MemorySize.ZERO).ceiling().total().plus(limit.times(CACHE_SHARE));
        var multiplier = PostgresMemory.of(service).hashMultiplier();
        var each = limit.minus(rest).bytes()
                / (multiplier * (level + parallelWorkers()) * PostgresMemory.NODES_PER_QUERY);
        return MemorySize.ofBytes((long) each).roundedDownTo(MemorySize.ofKilobytes(256)).max(LEAST_WORK_MEM)
                .min(MOST_WORK_MEM);
    }

    private PostgresMemory memory(MemorySize limit, int level, MemorySize workMem) {
        var share = Math.min(BUFFER_SHARE, PAGE_TABLE_BOUND / (PostgresMemory.PAGE_TABLE_SHARE * level));
        var buffers = limit.times(share).roundedDownTo(MemorySize.ofMegabytes(8)).max(LEAST_BUFFERS)
                .min(MOST_BUFFERS);
        var now = PostgresMemory.of(service);
        return new PostgresMemory(now.major(), buffers, PostgresMemory.walBuffers(buffers), level, workMem,
                now.hashMultiplier(), parallelWorkers(),
                clamped(limit.dividedBy(16), MemorySize.ofMegabytes(16), MemorySize.ofGigabytes(1)),
                AUTOVACUUM_WORKERS, clamped(limit.dividedBy(32), MemorySize.ofMegabytes(8),
                        MemorySize.ofMegabytes(256)),
                now.calibrated());
    }

    private int parallelWorkers() {
        return cores <= 2 ? 0 : cores;
    }

    private static MemorySize cache(MemorySize limit, PostgresMemory memory) {
        var free = limit.minus(memory.expected().total().minus(memory.sharedMemory().size()))
                .minus(PostgresMemory.SLACK);
        return free.roundedDownTo(MemorySize.ofMegabytes(8)).max(memory.sharedBuffers());
    }

    private static MemorySize clamped(MemorySize size, MemorySize least, MemorySize most) {
        return size.roundedDownTo(MemorySize.ofMegabytes(1)).max(least).min(most);
    }

    /// As Postgres reads it.
    static String text(MemorySize size) {
        return size.bytes() % (1 << 20) == 0 ? size.megabytes() + "MB" : size.kilobytes() + "kB";
    }
}
