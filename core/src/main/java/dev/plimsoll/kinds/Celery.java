package dev.plimsoll.kinds;

import dev.plimsoll.source.Located;
import dev.plimsoll.source.Location;
import dev.plimsoll.stack.Host;
import dev.plimsoll.stack.Stack;
import dev.plimsoll.units.MemorySize;
import java.util.List;
import java.util.Optional;

/// A Celery worker. Its prefork pool has one child a core unless told otherwise; Airflow's has 16.
public final class Celery implements Kind {
    /// Parent process: 35 MB with Celery 5.2 and SQLAlchemy loaded.
    static final MemorySize PARENT = MemorySize.ofMegabytes(35);
    /// One child that has done nothing but import the same: 25.4 MB.
    static final MemorySize CHILD_IDLE = MemorySize.ofMegabytes(26);
    /// One child at work. An application adds its own imports and data to the 25 MB measured.
    static final MemorySize CHILD = MemorySize.ofMegabytes(96);
    /// What Airflow's configuration reference gives for `celery.worker_concurrency`.
    static final int AIRFLOW_CONCURRENCY = 16;
    /// One Airflow task process: 150 to 250 MB.
    static final MemorySize AIRFLOW_CHILD = MemorySize.ofMegabytes(200);

    private static final List<String> ONE_PROCESS = List.of("gevent", "eventlet", "threads", "solo");
    private static final String MODEL = "measured on Celery 5.2 with SQLAlchemy";
    private static final String MANUAL = "https://docs.celeryq.dev/en/stable/userguide/workers.html";

    @Override
    public String id() {
        return "celery";
    }

    @Override
    public Role role() {
        return Role.WORKER;
    }

    @Override
    public boolean recognises(Clues clues) {
        return clues.run("celery").filter(run -> run.hasWord("worker") || run.hasWord("beat")).isPresent()
                || isAirflowWorker(clues);
    }

    private static boolean isAirflowWorker(Clues clues) {
        return clues.image().filter(image -> image.name().matches("(?:docker-)?airflow")).isPresent()
                && clues.invocations().stream().anyMatch(run -> (run.program() + " " + String.join(" ",
                        run.arguments().stream().map(Located::value).toList())).contains("celery worker"));
    }

    @Override
    public Optional<MemorySize> parent() {
        return Optional.of(PARENT);
    }

    @Override
    public Settings settings(Stack stack, Clues clues) {
        var settings = new Settings.Builder();
        if (isAirflowWorker(clues)) {
            settings.set("concurrency", String.valueOf(AIRFLOW_CONCURRENCY), clues.service().where(),
                    Setting.Origin.DEFAULT);
            clues.service().variable("AIRFLOW__CELERY__WORKER_CONCURRENCY").ifPresent(value -> settings.set(
                    "concurrency", value.value(), value.where(), Setting.Origin.ENVIRONMENT));
            return settings.build();
        }
        for (var name : List.of("CELERY_WORKER_CONCURRENCY", "CELERYD_CONCURRENCY", "CELERY_CONCURRENCY")) {
            clues.service().variable(name).ifPresent(value -> settings.set("concurrency", value.value(), value.where(),
                    Setting.Origin.ENVIRONMENT));
        }
        clues.run("celery").ifPresent(run -> {
            if (run.hasWord("beat") && !run.hasWord("worker")) {
                settings.set("concurrency", "0", run.where(), Setting.Origin.FLAG);
            }
            run.option("--concurrency", "-c").ifPresent(value -> settings.set("concurrency", value.value(),
                    value.where(), Setting.Origin.FLAG));
            run.option("--autoscale").ifPresent(value -> settings.set("concurrency", value.value().split(",")[0],
                    value.where(), Setting.Origin.FLAG));
            run.option("--max-memory-per-child").ifPresent(value -> settings.set("max-memory-per-child",
                    value.value(), value.where(), Setting.Origin.FLAG));
            run.option("--max-tasks-per-child").ifPresent(value -> settings.set("max-tasks-per-child", value.value(),
                    value.where(), Setting.Origin.FLAG));
            run.option("--pool", "-P").ifPresent(value -> settings.set("pool", value.value(), value.where(),
                    Setting.Origin.FLAG));
        });
        return settings.build();
    }

    /// Children at work at once; one a core when nothing says so.
    public static int concurrency(Recognised service, Host host) {
        if (service.settings().value("pool").filter("solo"::equals).isPresent()) {
            return 1;
        }
        return service.hints().workers().map(Located::value).or(() -> service.settings().integer("concurrency"))
                .filter(count -> count >= 0).orElse(host.cpus().cores());
    }

    /// Whether tasks run in child processes. Greenlets, threads and the pool `solo` stay in the one process.
    public static boolean forks(Recognised service) {
        return service.settings().value("pool").filter(ONE_PROCESS::contains).isEmpty();
    }

    /// Processes at work at once besides the parent.
    private static int processes(Recognised service, Host host) {
        var count = concurrency(service, host);
        return forks(service) ? count : Math.min(1, count);
    }

    /// The bound of one child, which Celery checks after each task; in kB on the command line.
    public static Optional<MemorySize> maxMemoryPerChild(Recognised service) {
        return service.settings().integer("max-memory-per-child").filter(kilobytes -> kilobytes > 0 && forks(service))
                .map(MemorySize::ofKilobytes);
    }

    static MemorySize child(Recognised service) {
        return service.hints().workerMemory().map(Located::value).or(() -> measured(service))
                .or(() -> maxMemoryPerChild(service))
                .orElse(isAirflowWorker(service.clues()) ? AIRFLOW_CHILD : CHILD);
    }

    /// A child as measured, which Celery ends when it passes its bound.
    private static Optional<MemorySize> measured(Recognised service) {
        return service.calibrated().size(Constant.WORKER).map(size -> maxMemoryPerChild(service).map(size::min)
                .orElse(size));
    }

    /// A place to report for the concurrency.
    public static Location where(Recognised service) {
        return service.settings().get("concurrency").filter(setting -> setting.origin() != Setting.Origin.DEFAULT)
                .map(Setting::where).orElse(service.service().where("command"));
    }

    @Override
    public List<String> heeds() {
        return List.of("workers", "worker_memory", "connections");
    }

    @Override
    public Demand demand(Recognised service, Host host) {
        var count = processes(service, host);
        var parent = new Term("parent", PARENT, "", MODEL);
        if (count == 0) {
            return Demand.unbounded(Amount.of(parent), Amount.of(parent),
                    PARENT + " for the scheduler and what it imports");
        }
        var floor = Amount.of(parent, new Term("children", CHILD_IDLE.times(count), count + " × " + CHILD_IDLE, MODEL));
        var each = child(service);
        var expected = Amount.of(parent, new Term("children", each.times(count), count + " × " + each,
                ProcessPool.sourceOfWorker(service, MANUAL)));
        return maxMemoryPerChild(service).map(most -> Demand.bounded(floor, expected, Amount.of(parent,
                new Term("children", most.times(count), count + " children × --max-memory-per-child " + most,
                        MANUAL))))
                .orElse(Demand.unbounded(floor, expected, ProcessPool.isWorkerKnown(service)
                        ? ""
                        : each + " for each child at work"));
    }

    @Override
    public Sizing sizing(Recognised service, Host host) {
        var count = concurrency(service, host);
        if (count == 0) {
            return new FixedSizing(MemorySize.ofMegabytes(96), MemorySize.ofMegabytes(160), 0.2);
        }
        if (!forks(service)) {
            return new FixedSizing(PARENT.plus(child(service)).roundedUpTo(MemorySize.ofMegabytes(16)),
                    PARENT.plus(child(service).times(4)).roundedUpTo(MemorySize.ofMegabytes(16)), 1);
        }
        return new WorkerSizing("concurrency", count, 1, PARENT, child(service), child(service).times(4),
                MemorySize.ZERO, 1,
                (level, share) -> List.of(
                        new Sizing.Choice("concurrency", String.valueOf(level), level == count
                                ? "as configured"
                                : "lowered from " + count + " to fit", MANUAL, "x-plimsoll.workers, the limit"),
                        new Sizing.Choice("max-memory-per-child", share.kilobytes() + "", "(limit - 35 MB parent) / "
                                + level + ", in kB; Celery checks it after each task", MANUAL, "the limit"),
                        new Sizing.Choice("max-tasks-per-child", "200", "a slow leak ends with its process", MANUAL,
                                "tasks that are costly to start"),
                        new Sizing.Choice("prefetch-multiplier", "1", "a busy child holds no waiting tasks", MANUAL,
                                "very short tasks")));
    }
}
