package dev.plimsoll.kinds;

import dev.plimsoll.source.Located;
import dev.plimsoll.stack.Host;
import dev.plimsoll.stack.Stack;
import dev.plimsoll.units.MemorySize;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// An interpreter with a pool of processes or threads: Ruby web servers, Sidekiq, plain Python programs and
/// queue workers. Figures are assumptions until calibrated; `x-plimsoll.workers` and `worker_memory` replace them.
///
/// @param countOptions options that give the number of workers
/// @param countVariables variables that give it
/// @param workers how many there are when nothing says so
/// @param base memory of the parent
/// @param each memory of one worker
public record ProcessPool(String id, Role role, Pattern images, List<String> programs, List<String> countOptions,
        List<String> countVariables, int workers, MemorySize base, MemorySize each, double weight) implements Kind {
    static final ProcessPool SIDEKIQ = row("sidekiq", Role.WORKER, "sidekiq", "sidekiq", "-c --concurrency",
            "SIDEKIQ_CONCURRENCY", 5, 350, 30, 1);
    static final ProcessPool RUBY = row("ruby", Role.APP, "ruby|mastodon|discourse|chatwoot|redmine|gitlab-ce|"
            + "openproject|.*-rails|zammad|lobsters|forem", "puma rails unicorn rackup passenger", "-w --workers",
            "WEB_CONCURRENCY", 1, 60, 380, 2);
    static final ProcessPool QUEUE_WORKER = row("python-worker", Role.WORKER, "rq-worker", "rq rqworker dramatiq huey "
            + "arq taskiq procrastinate", "--processes -p -w --workers", "", 1, 30, 96, 1);
    static final ProcessPool PYTHON = row("python", Role.APP, "python|superset|netbox|open-webui|langflow|"
            + "mealie|baserow.*|paperless-ngx|authentik|label-studio|jupyter.*|.*notebook|streamlit|weblate|"
            + "searxng|home-assistant|redash|mlflow|sentry|posthog|plane-backend|dify-api|ragflow|tandoor.*|recipes",
            "python python3 flask django-admin manage.py streamlit jupyter superset", "", "", 1, 20, 160, 1.5);

    private static final String[] CRON = {"cron", "crond", "supercronic"};

    private static ProcessPool row(String id, Role role, String images, String programs, String options,
            String variables, int workers, int base, int each, double weight) {
        return new ProcessPool(id, role, Pattern.compile(images), words(programs), words(options), words(variables),
                workers, MemorySize.ofMegabytes(base), MemorySize.ofMegabytes(each), weight);
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : Arrays.asList(text.split(" "));
    }

    /// Its programs win over its image: one that runs cron has none of the pool's processes waiting.
    @Override
    public boolean recognises(Clues clues) {
        return clues.runs(programs.toArray(String[]::new)) || clues.imageNameMatches(images) && !clues.runs(CRON);
    }

    @Override
    public Optional<MemorySize> parent() {
        return Optional.of(base);
    }

    @Override
    public Settings settings(Stack stack, Clues clues) {
        var settings = new Settings.Builder();
        countVariables.forEach(name -> clues.service().variable(name).ifPresent(value -> settings.set("workers",
                value.value(), value.where(), Setting.Origin.ENVIRONMENT)));
        clues.run(programs.toArray(String[]::new)).flatMap(run -> run.option(countOptions.toArray(String[]::new)))
                .ifPresent(value -> settings.set("workers", value.value(), value.where(), Setting.Origin.FLAG));
        return settings.build();
    }

    int count(Recognised service) {
        return service.hints().workers().map(Located::value).or(() -> service.settings().integer("workers"))
                .filter(number -> number > 0).orElse(workers);
    }

    private MemorySize each(Recognised service) {
        return worker(service, each);
    }

    /// What one worker needs: as hinted, else as measured, else as assumed.
    static MemorySize worker(Recognised service, MemorySize assumed) {
        return service.hints().workerMemory().map(Located::value)
                .or(() -> service.calibrated().size(Constant.WORKER)).orElse(assumed);
    }

    static boolean isWorkerKnown(Recognised service) {
        return service.hints().workerMemory().isPresent() || service.calibrated().get(Constant.WORKER).isPresent();
    }

    static String sourceOfWorker(Recognised service, String otherwise) {
        return service.hints().workerMemory().isPresent()
                ? "x-plimsoll.worker_memory"
                : service.calibrated().source(Constant.WORKER, otherwise);
    }

    @Override
    public List<String> heeds() {
        return List.of("workers", "worker_memory", "connections");
    }

    @Override
    public Demand demand(Recognised service, Host host) {
        var number = count(service);
        var one = each(service);
        var parent = new Term("parent", base, "", SimpleKind.ASSUMPTION);
        return Demand.unbounded(Amount.of(parent), Amount.of(parent, new Term("workers", one.times(number), number
                + " × " + one,
                sourceOfWorker(service, SimpleKind.ASSUMPTION))),
                isWorkerKnown(service) ? "" : one + " for each worker of " + id);
    }

    @Override
    public Sizing sizing(Recognised service, Host host) {
        var number = count(service);
        return new WorkerSizing("workers", number, 1, base, each(service),
                each(service).times(isWorkerKnown(service) ? 3 : 6), MemorySize.MAX, weight,
                (level, share) -> List.of(new Sizing.Choice("workers", String.valueOf(level), level == number
                        ? (service.settings().get("workers").isPresent() || service.hints().workers().isPresent()
                                ? "as configured"
                                : "the usual default")
                        : "lowered from " + number + " to fit", SimpleKind.ASSUMPTION,
                        "x-plimsoll.workers, the limit")));
    }
}
