package dev.plimsoll.kinds;

import dev.plimsoll.stack.Host;
import dev.plimsoll.units.MemorySize;
import java.util.Optional;

/// The memory of a Postgres container as a function of its settings. Constants without another source were measured
/// on PostgreSQL 15.18 as cgroup charge.
///
/// @param parallelWorkers parallel worker processes that may run at once; 0 when parallel query is off
/// @param calibrated takes the place of constants below
public record PostgresMemory(int major, MemorySize sharedBuffers, MemorySize walBuffers, int connections,
        MemorySize workMem, double hashMultiplier, int parallelWorkers, MemorySize maintenanceWorkMem,
        int autovacuumWorkers, MemorySize autovacuumWorkMem, Calibrated calibrated) {
    /// Of shared_buffers, for buffer headers and hash tables: `postgres -C shared_memory_size` at 20 points, within
    /// 2 %.
    public static final double BUFFER_OVERHEAD = 1.0235;
    public static final double SHARED_PER_CONNECTION_MB = 0.05;
    public static final double SHARED_FIXED_MB = 3.2;
    /// A backend that has touched some fifty tables: 2.46 MB measured, idle ones 1.3 MB.
    public static final double BACKEND_EXPECTED_MB = 2.5;
    /// A planning figure between 2.5 MB and the 10 MB of a backend that touched 500 tables.
    public static final double BACKEND_WORST_MB = 5;
    /// Page tables: 8 bytes for each 4 kB of shared_buffers a backend touches.
    public static final double PAGE_TABLE_SHARE = 8.0 / 4096;
    /// Hash or sort nodes at once in one query of a web application.
    public static final int NODES_PER_QUERY = 2;
    /// Nodes that a connection at work has filled when the server holds most, as a backend keeps some of what its last
    /// query took. In two runs with 20 and 42 connections and four-table joins the server held 4 to 12 % less than with
    /// this figure, and never more.
    public static final double NODES_EXPECTED = 1.4;
    /// Postmaster, checkpointer, writers, launcher.
    public static final MemorySize SERVER_PROCESSES = MemorySize.ofMegabytes(12);
    /// What no setting bounds: aggregates into one value, plan caches, extensions. 64 to 128 MB.
    public static final MemorySize SLACK = MemorySize.ofMegabytes(64);

    private static final String MODEL = "measured on PostgreSQL 15.18";
    private static final String MANUAL = "https://www.postgresql.org/docs/current/runtime-config-resource.html";

    public static PostgresMemory of(Recognised service) {
        var settings = service.settings();
        var major = Postgres.major(service.clues()).orElse(Postgres.NEWEST_MAJOR);
        var shared = memory(settings, "shared_buffers", major).orElse(MemorySize.ofMegabytes(128));
        var maintenance = memory(settings, "maintenance_work_mem", major).orElse(MemorySize.ofMegabytes(64));
        return new PostgresMemory(major, shared, memory(settings, "wal_buffers", major).orElse(walBuffers(shared)),
                settings.integer("max_connections").filter(count -> count > 0).orElse(100),
                memory(settings, "work_mem", major).orElse(MemorySize.ofMegabytes(4)),
                settings.value("hash_mem_multiplier").flatMap(PostgresMemory::decimal)
                        .orElse(major >= 15 ? 2.0 : 1.0),
                settings.integer("max_parallel_workers_per_gather").orElse(2) == 0
                        ? 0
                        : settings.integer("max_parallel_workers").orElse(8),
                maintenance,
                settings.integer("autovacuum_max_workers").orElse(3),
                memory(settings, "autovacuum_work_mem", major).orElse(maintenance), service.calibrated());
    }

    /// A memory setting of a Postgres service; empty when it is not set or means "automatic".
    public static Optional<MemorySize> memory(Settings settings, String name, int major) {
        return settings.value(name).flatMap(value -> PostgresParameters.find(name, major)
                .flatMap(parameter -> parameter.memory(value)));
    }

    /// A thirty-second of shared_buffers, at most 16 MB: the manual's meaning of `-1`.
    static MemorySize walBuffers(MemorySize sharedBuffers) {
        return sharedBuffers.dividedBy(32).min(MemorySize.ofMegabytes(16));
    }

    private static Optional<Double> decimal(String text) {
        try {
            return Optional.of(Double.parseDouble(text)).filter(value -> value >= 1 && value <= 1000);
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    /// What `shared_memory_size` is with these settings.
    public static MemorySize sharedMemory(MemorySize sharedBuffers, MemorySize walBuffers, int connections) {
        return sharedBuffers.times(BUFFER_OVERHEAD).plus(walBuffers)
                .plus(MemorySize.ofMegabytes(SHARED_PER_CONNECTION_MB * connections + SHARED_FIXED_MB));
    }

    public Term sharedMemory() {
        var size = sharedMemory(sharedBuffers, walBuffers, connections);
        var modelled = new Term("shared memory", size, "1.0235 × shared_buffers " + sharedBuffers + " + wal_buffers "
                + walBuffers + " + 0.05 MB × " + connections + " connections + 3.2 MB", MODEL);
        return calibrated.get(Constant.SHARED_MEMORY_FACTOR).filter(factor -> factor.value() > 1)
                .map(factor -> new Term(modelled.what(), size.times(factor.value()), factor.shown() + " × ("
                        + modelled.arithmetic() + ")", factor.source()))
                .orElse(modelled);
    }

    /// Backends as planned for. One that was measured is expected again; the worst case it can only raise.
    private Term backends(double each, String state, int processes) {
        var measured = calibrated.size(Constant.BACKEND).filter(size -> each < BACKEND_WORST_MB
                || size.isLargerThan(MemorySize.ofMegabytes(each).plus(sharedBuffers.times(PAGE_TABLE_SHARE))));
        return measured.map(one -> new Term("backends", one.times(processes), processes + " processes × " + one
                + " measured", calibrated.source(Constant.BACKEND, MODEL)))
                .orElseGet(() -> modelled(each, state, processes));
    }

    private Term modelled(double each, String state, int processes) {
        var pageTables = sharedBuffers.times(PAGE_TABLE_SHARE);
        var one = MemorySize.ofMegabytes(each).plus(pageTables);
        return new Term("backends", one.times(processes), processes + " processes × (" + each + " MB " + state
                + " + " + pageTables + " page tables)", MODEL);
    }

    /// All connections at work at once, each with two hash nodes, and every parallel worker the settings allow.
    public Term queries() {
        var size = workMem.times(hashMultiplier).times((long) processes() * NODES_PER_QUERY);
        return new Term("queries", size, (parallelWorkers == 0
                ? connections + " connections"
                : "(" + connections + " connections + " + parallelWorkers + " parallel workers)") + " × "
                + NODES_PER_QUERY + " nodes × work_mem " + workMem
                + (hashMultiplier > 1 ? " × hash_mem_multiplier " + trimmed(hashMultiplier) : ""), MANUAL);
    }

    /// Processes that may run a query at once.
    int processes() {
        return connections + parallelWorkers;
    }

    private Term vacuum() {
        return new Term("autovacuum", autovacuumWorkMem.times(autovacuumWorkers), autovacuumWorkers + " workers × "
                + autovacuumWorkMem, MANUAL);
    }

    public Amount ceiling() {
        return Amount.of(sharedMemory(), backends(BACKEND_WORST_MB, "at worst", processes()), queries(),
                new Term("maintenance", maintenanceWorkMem, "one index build with maintenance_work_mem", MANUAL),
                vacuum(), slack());
    }

    /// Connections that are open in ordinary operation: max_connections is set for the peak.
    int ordinaryConnections() {
        return Math.min(connections, Math.max(20, connections / 4));
    }

    /// In ordinary operation, with a quarter of the open connections at work.
    public Amount expected() {
        var open = ordinaryConnections();
        return expected(open, Math.max(1, open / 4));
    }

    /// @param open connections
    /// @param sorting those of them whose queries sort and hash
    public Amount expected(int open, int sorting) {
        var queries = workMem.times(hashMultiplier).times(NODES_EXPECTED * sorting);
        return Amount.of(sharedMemory(), serverProcesses(), backends(BACKEND_EXPECTED_MB, "typical", open),
                new Term("queries", queries, sorting + " connections at work × " + NODES_EXPECTED + " nodes × work_mem "
                        + workMem + (hashMultiplier > 1 ? " × hash_mem_multiplier " + trimmed(hashMultiplier) : ""),
                        MODEL),
                new Term("autovacuum", autovacuumWorkMem.dividedBy(4), "a quarter of one worker's memory", MODEL));
    }

    private static Term serverProcesses() {
        return new Term("server processes", SERVER_PROCESSES, "postmaster, checkpointer, writers, launcher", MODEL);
    }

    /// A running server without its queries.
    ///
    /// @param touched shared memory in use: pages nobody touched are not there yet
    public static Amount held(MemorySize touched, int backends) {
        var pageTables = touched.times(PAGE_TABLE_SHARE);
        var one = MemorySize.ofMegabytes(BACKEND_EXPECTED_MB).plus(pageTables);
        return Amount.of(new Term("shared memory", touched, "as seen", MODEL), serverProcesses(), new Term("backends",
                one.times(backends), backends + " × (" + BACKEND_EXPECTED_MB + " MB + " + pageTables + " page tables)",
                MODEL));
    }

    /// The most that queries at work may take for sorts and hashes.
    public static Term queries(MemorySize workMem, double hashMultiplier, long active) {
        return new Term("queries", workMem.times(hashMultiplier).times(active * NODES_PER_QUERY), active + " active × "
                + NODES_PER_QUERY + " nodes × work_mem " + workMem + " × " + trimmed(hashMultiplier), MANUAL);
    }

    /// What no setting bounds.
    public static Term slack() {
        return new Term("slack", SLACK, "what no setting bounds", MODEL);
    }

    Demand demand(Host host) {
        var floor = Amount.of(sharedMemory(), serverProcesses());
        return Demand.bounded(floor, expected(), ceiling());
    }

    private static String trimmed(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }
}
