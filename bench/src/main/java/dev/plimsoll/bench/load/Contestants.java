package dev.plimsoll.bench.load;

import dev.plimsoll.bench.PgTune;
import dev.plimsoll.bench.Tuned;
import dev.plimsoll.compose.ComposeLoader;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.Sizing;
import dev.plimsoll.source.ProjectFiles;
import dev.plimsoll.stack.HostFacts;
import dev.plimsoll.units.MemorySize;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;

/// The settings of the benchmark's sides for a container limit on two cores with an SSD.
final class Contestants {
    private static final int CPUS = 2;
    private static final String FILE = "compose.yml";
    /// A service for up to 120 clients on a server with a disk of 80 GB.
    private static final String COMPOSE = """
            x-plimsoll:
              host: {memory: 4g, cpus: 2, disk: 80g, disk_kind: ssd}
            services:
              db:
                image: postgres:15
                x-plimsoll: {connections: 125}
            """;

    private Contestants() {}

    static List<Contestant> all(Options options) {
        var plan = planned(options.limit());
        return Stream.concat(Stream.of(plan, pgTune(options.limit()), stock()),
                options.variants().stream().map(variant -> variant(plan, variant))).toList();
    }

    private static Contestant variant(Contestant plan, Options.Variant change) {
        var settings = new LinkedHashMap<>(plan.settings());
        settings.put(change.setting(), change.value());
        var name = change.setting() + " = " + change.value();
        return new Contestant(name.replaceAll("[^a-z0-9]+", "-"), name, settings, true);
    }

    /// The plan: of the connections that were asked for it has those that the limit can pay for, and the other
    /// clients wait in a pooler.
    static Contestant planned(MemorySize limit) {
        var sizing = sizing();
        var lever = sizing.lever().orElseThrow();
        var level = lever.declared();
        while (level > lever.least() && sizing.minimum(level).isLargerThan(limit)) {
            level--;
        }
        if (sizing.minimum(level).isLargerThan(limit)) {
            throw new IllegalArgumentException("the plan has no room for Postgres in " + limit + "; it takes "
                    + sizing.minimum(level));
        }
        var settings = new LinkedHashMap<String, String>();
        sizing.at(limit, level).choices().stream().filter(choice -> !choice.setting().equals("shm_size"))
                .forEach(choice -> settings.put(choice.setting(), choice.value()));
        return new Contestant("plan", "Plimsoll", settings, true);
    }

    private static Sizing sizing() {
        var stack = ComposeLoader.load(ProjectFiles.of(Map.of(FILE, COMPOSE)), ComposeLoader.Request.of(FILE));
        var inventory = Inventory.of(stack, HostFacts.of(stack.hints()).host());
        var db = inventory.named("db").orElseThrow();
        return db.kind().sizing(db, inventory.host());
    }

    /// PGTune's output for Linux, PostgreSQL 15, web, SSD, a database about as large as the memory, and no number of
    /// connections given (github.com/le0pard/pgtune, configurationSlice.js).
    static Contestant pgTune(MemorySize limit) {
        var tuned = PgTune.Workload.WEB.settings(limit, CPUS);
        return new Contestant("pgtune", "PGTune, web", pgTune(limit, tuned), false);
    }

    private static SequencedMap<String, String> pgTune(MemorySize limit, Tuned tuned) {
        var settings = new LinkedHashMap<String, String>();
        settings.put("max_connections", String.valueOf(tuned.connections()));
        settings.put("shared_buffers", text(tuned.sharedBuffers()));
        settings.put("effective_cache_size", text(limit.times(3).dividedBy(4)));
        settings.put("maintenance_work_mem", text(tuned.maintenanceWorkMem()));
        settings.put("checkpoint_completion_target", "0.9");
        settings.put("wal_buffers", text(tuned.walBuffers()));
        settings.put("default_statistics_target", "100");
        settings.put("random_page_cost", "1.1");
        settings.put("effective_io_concurrency", "200");
        settings.put("work_mem", text(tuned.workMem()));
        settings.put("huge_pages", tuned.sharedBuffers().compareTo(MemorySize.ofGigabytes(2)) >= 0 ? "try" : "off");
        settings.put("min_wal_size", "1GB");
        settings.put("max_wal_size", "4GB");
        settings.put("wal_compression", "lz4");
        settings.put("jit", "off");
        return settings;
    }

    /// What `initdb` writes: the built-in defaults with 128 MB of shared_buffers.
    static Contestant stock() {
        return new Contestant("stock", "stock", new LinkedHashMap<>(Map.of("shared_buffers", "128MB")), false);
    }

    private static String text(MemorySize size) {
        return size.kilobytes() % 1024 == 0 ? size.megabytes() + "MB" : size.kilobytes() + "kB";
    }
}
