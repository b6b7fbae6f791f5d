package dev.plimsoll.kinds;

import dev.plimsoll.source.Located;
import dev.plimsoll.source.Paths;
import dev.plimsoll.stack.Host;
import dev.plimsoll.stack.Invocation;
import dev.plimsoll.stack.ShellWords;
import dev.plimsoll.stack.Stack;
import dev.plimsoll.stack.Stack.MountedFile;
import dev.plimsoll.units.MemorySize;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A Python web server with worker processes: gunicorn, uvicorn, hypercorn, daphne, granian.
public final class PythonWeb implements Kind {
    /// gunicorn's master with Flask, SQLAlchemy and psycopg2 loaded: 22 MB.
    static final MemorySize MASTER = MemorySize.ofMegabytes(22);
    /// One sync worker of the same application: 41.5 MB.
    static final MemorySize WORKER_IDLE = MemorySize.ofMegabytes(42);
    /// One worker of an ordinary application; Django and ML applications reach 80 to 300 MB.
    static final MemorySize WORKER = MemorySize.ofMegabytes(120);

    private static final String CONFIG = "config";
    private static final String OWN_CONFIG = "gunicorn.conf.py";
    private static final String MODEL = "measured on gunicorn with Flask and SQLAlchemy";
    private static final String MANUAL = "https://docs.gunicorn.org/en/stable/settings.html";
    /// tiangolo's images. Their start script runs a worker for each core and two at least.
    private static final Pattern WITH_GUNICORN = Pattern.compile("(?:uvicorn|meinheld)-gunicorn(?:-.+)?");
    private static final String LEAST_WITH_GUNICORN = "2";
    private static final List<String> NUMBERS = List.of("workers", "threads", "max_requests", "max_requests_jitter");
    private static final String[] PROGRAMS = {"gunicorn", "uvicorn", "hypercorn", "daphne", "granian", "uwsgi",
            "waitress-serve", "fastapi"};

    @Override
    public String id() {
        return "gunicorn";
    }

    @Override
    public Role role() {
        return Role.APP;
    }

    @Override
    public boolean recognises(Clues clues) {
        return clues.runs(PROGRAMS) || startsByItself(clues);
    }

    /// Whether the image brings a start script for gunicorn, and nothing else is started.
    public static boolean startsByItself(Clues clues) {
        return clues.imageNameMatches(WITH_GUNICORN) && clues.service().start().isEmpty();
    }

    @Override
    public Optional<MemorySize> parent() {
        return Optional.of(MASTER);
    }

    @Override
    public Settings settings(Stack stack, Clues clues) {
        var settings = new Settings.Builder();
        if (startsByItself(clues)) {
            settings.set("workers", clues.service().variable("MAX_WORKERS").map(Located::value).filter("1"::equals)
                    .orElse(LEAST_WITH_GUNICORN), clues.service().where(), Setting.Origin.DEFAULT);
        }
        clues.service().variable("WEB_CONCURRENCY").ifPresent(value -> settings.set("workers", value.value(),
                value.where(), Setting.Origin.ENVIRONMENT));
        clues.run("gunicorn").ifPresent(run -> config(stack, clues, run, settings));
        clues.run("uwsgi").ifPresent(run -> ini(stack, clues, run, settings));
        clues.run("gunicorn").flatMap(_ -> clues.service().variable("GUNICORN_CMD_ARGS")).ifPresent(args -> {
            var words = ShellWords.split(args.value()).orElse(List.of()).stream().map(word -> args.map(_ -> word))
                    .toList();
            new Invocation("gunicorn", words, Map.of(), args.where()).option("--workers", "-w")
                    .ifPresent(value -> settings.set("workers", value.value(), value.where(),
                            Setting.Origin.ENVIRONMENT));
        });
        clues.run(PROGRAMS).ifPresent(run -> {
            var options = run.program().equals("uwsgi")
                    ? new String[]{"--processes", "--workers", "-p"}
                    : new String[]{"--workers", "-w"};
            run.option(options).filter(value -> value.value().matches("\\d+"))
                    .ifPresent(value -> settings.set("workers", value.value(), value.where(), Setting.Origin.FLAG));
            run.option("--threads").ifPresent(value -> settings.set("threads", value.value(), value.where(),
                    Setting.Origin.FLAG));
            run.option("--max-requests", "--limit-max-requests").ifPresent(value -> settings.set("max-requests",
                    value.value(), value.where(), Setting.Origin.FLAG));
            run.option("--max-requests-jitter").ifPresent(value -> settings.set("max-requests-jitter", value.value(),
                    value.where(), Setting.Origin.FLAG));
        });
        return settings.build();
    }

    /// uWSGI's ini file, as far as it gives numbers.
    private static void ini(Stack stack, Clues clues, Invocation run, Settings.Builder settings) {
        var named = run.option("--ini").or(() -> run.arguments().stream().filter(word -> word.value().endsWith(".ini"))
                .findFirst());
        named.flatMap(name -> stack.fileAt(clues.service(), Paths.resolve(clues.service().workingDirectory(), name
                .value()))).filter(file -> file.text().isPresent()).ifPresent(file -> ConfLines.ini(file).stream()
                        .filter(line -> line.value().matches("\\d+")).forEach(line -> {
                            switch (line.name()) {
                                case "workers", "processes" -> settings.set("workers", line.value(), line.where(),
                                        Setting.Origin.FILE);
                                case "threads", "max-requests" -> settings.set(line.name(), line.value(), line.where(),
                                        Setting.Origin.FILE);
                                default -> {
                                }
                            }
                        }));
    }

    /// The config that is named, or the one that gunicorn takes by itself where it is seen.
    private static void config(Stack stack, Clues clues, Invocation run, Settings.Builder settings) {
        var named = run.option("--config", "-c");
        var path = named.map(Located::value).map(PythonWeb::configPath).orElse(OWN_CONFIG);
        var file = stack.fileAt(clues.service(), Paths.resolve(clues.service().workingDirectory(), path))
                .filter(found -> found.text().isPresent());
        named.map(Located::where).or(() -> file.map(MountedFile::mount)).ifPresent(where -> settings.set(CONFIG, path,
                where, Setting.Origin.FLAG));
        file.ifPresent(found -> plain(found).forEach(line -> settings.set(line.name().replace('_', '-'), line.value(),
                line.where(), Setting.Origin.FILE)));
    }

    /// `python:` names a module, as an import does.
    private static String configPath(String name) {
        return name.startsWith("python:")
                ? name.substring("python:".length()).replace('.', '/') + ".py"
                : name.replaceFirst("^(file:)?(\\./)?", "");
    }

    /// The numbers it gives once and for all; others may depend on the cores or on variables.
    private static List<ConfLines.Line> plain(MountedFile file) {
        var lines = ConfLines.ini(file).stream().filter(line -> NUMBERS.contains(line.name())).map(
                line -> new ConfLines.Line("", line.name(), line.value().replaceFirst("\\s*#.*", ""), line.where()))
                .toList();
        return lines.stream().filter(line -> line.value().matches("\\d+") && lines.stream().noneMatch(other -> other
                .name().equals(line.name()) && !other.value().equals(line.value()))).toList();
    }

    /// gunicorn's config file, which may set what the command does not.
    public static Optional<String> config(Recognised service) {
        return service.settings().value(CONFIG);
    }

    /// Whether somebody chose the number of workers, where it can be read.
    public static boolean knowsWorkers(Recognised service) {
        return service.hints().workers().isPresent() || service.settings().integer("workers").isPresent();
    }

    /// Worker processes; 1 when nothing says so, as in gunicorn and uvicorn.
    public static int workers(Recognised service) {
        return service.hints().workers().map(Located::value).or(() -> service.settings().integer("workers"))
                .filter(count -> count > 0).orElse(1);
    }

    static MemorySize worker(Recognised service) {
        return ProcessPool.worker(service, WORKER);
    }

    @Override
    public List<String> heeds() {
        return List.of("workers", "worker_memory", "connections");
    }

    @Override
    public Demand demand(Recognised service, Host host) {
        var count = workers(service);
        var master = new Term("master", MASTER, "", MODEL);
        var each = worker(service);
        return Demand.unbounded(
                Amount.of(master, new Term("workers", WORKER_IDLE.times(count), count + " × " + WORKER_IDLE, MODEL)),
                Amount.of(master, new Term("workers", each.times(count), count + " × " + each,
                        ProcessPool.sourceOfWorker(service, MODEL))),
                Stream.of(knowsWorkers(service) || config(service).isEmpty()
                        ? ""
                        : count + " worker, as its config may set another count",
                        ProcessPool.isWorkerKnown(service) ? "" : each + " for each worker at work")
                        .filter(text -> !text
                                .isEmpty())
                        .collect(Collectors.joining("; ")));
    }

    @Override
    public Sizing sizing(Recognised service, Host host) {
        var count = workers(service);
        return new WorkerSizing("workers", count, 1, MASTER, worker(service), worker(service).times(3), MemorySize.MAX,
                2,
                (level, share) -> List.of(
                        new Sizing.Choice("workers", String.valueOf(level), level < count
                                ? "lowered from " + count + " to fit"
                                : reason(service), MANUAL, "x-plimsoll.workers, the limit"),
                        own(service, "max-requests").orElse(new Sizing.Choice("max-requests", "1000",
                                "a slow leak ends with its process", MANUAL, "an application without leaks")),
                        own(service, "max-requests-jitter").orElse(new Sizing.Choice("max-requests-jitter", "100",
                                "not all workers restart at once", MANUAL, "max-requests")),
                        new Sizing.Choice("MALLOC_ARENA_MAX", "2", "glibc gives each thread an arena of its own "
                                + "otherwise, up to 8 a core",
                                "https://www.gnu.org/software/libc/manual/html_node/"
                                        + "Memory-Allocation-Tunables.html",
                                "nothing")));
    }

    private static String reason(Recognised service) {
        if (knowsWorkers(service)) {
            return "as configured";
        }
        return config(service).map(path -> "unknown, set in its config `" + path + "` if anywhere; planned for 1")
                .orElse("nobody set it; the built-in default");
    }

    private static Optional<Sizing.Choice> own(Recognised service, String setting) {
        return service.settings().get(setting).map(set -> new Sizing.Choice(setting, set.value(), "as configured",
                "from " + set.where(), set.where().toString()));
    }
}
