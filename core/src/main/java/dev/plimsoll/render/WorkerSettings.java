package dev.plimsoll.render;

import dev.plimsoll.kinds.PythonWeb;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.kinds.Sizing;
import dev.plimsoll.plan.ServicePlan;
import dev.plimsoll.stack.Invocation;
import dev.plimsoll.stack.ShellWords;
import java.util.List;

/// Numbers of workers and what ends one: gunicorn and its like, Celery, Sidekiq, Puma, queue workers.
final class WorkerSettings {
    private static final String GUNICORN_ARGUMENTS = "GUNICORN_CMD_ARGS";

    private WorkerSettings() {}

    static void apply(ServicePlan plan, Recognised service, AppliedSettings target) {
        switch (plan.kind()) {
            case "gunicorn" -> web(plan, service, target);
            case "celery" -> celery(plan, service, target);
            case "sidekiq" -> sidekiq(plan, service, target);
            case "ruby" -> count(plan, service, target, "WEB_CONCURRENCY", "--workers", "-w");
            default -> count(plan, service, target, "", "--workers", "-w", "--processes", "-p");
        }
    }

    private static void web(ServicePlan plan, Recognised service, AppliedSettings target) {
        plan.choice("MALLOC_ARENA_MAX").ifPresent(choice -> target.variable(choice, "MALLOC_ARENA_MAX"));
        var gunicorn = DirectCommand.of(service.service(), "gunicorn");
        if (gunicorn.isPresent()) {
            target.takes(gunicorn);
            for (var name : List.of("workers", "max-requests", "max-requests-jitter")) {
                plan.choice(name).ifPresent(choice -> gunicorn(choice, service, target));
            }
            return;
        }
        var scripted = service.clues().run("gunicorn");
        if (scripted.isPresent()) {
            target.obstacle("a script puts it on gunicorn's command line");
            for (var name : List.of("workers", "max-requests", "max-requests-jitter")) {
                plan.choice(name).ifPresent(choice -> scripted(choice, service, scripted.get(), target));
            }
            return;
        }
        if (PythonWeb.startsByItself(service.clues())) {
            plan.choice("workers").ifPresent(choice -> target.variable(choice, "WEB_CONCURRENCY"));
            target.obstacle("this image's start script runs gunicorn with a config of its own");
            return;
        }
        var others = DirectCommand.of(service.service(), "uvicorn", "hypercorn", "granian", "fastapi");
        target.takes(others);
        plan.choice("workers").filter(_ -> PythonWeb.knowsWorkers(service)).ifPresent(choice -> target.flag(choice,
                "--workers", "-w"));
        var uwsgi = DirectCommand.of(service.service(), "uwsgi");
        if (uwsgi.isPresent()) {
            target.obstacle("uWSGI's own options and its ini set them");
        }
        if (others.isPresent()) {
            target.obstacle("a server other than gunicorn stops for good, or replaces no worker, when it has served "
                    + "that many requests, unless its version does both");
        }
    }

    /// A flag beats gunicorn's config, so none is written for what that may set.
    private static void gunicorn(Sizing.Choice choice, Recognised service, AppliedSettings target) {
        var isWorkers = choice.setting().equals("workers");
        var isKnown = isWorkers
                ? PythonWeb.knowsWorkers(service)
                : service.settings().get(choice.setting()).isPresent();
        var config = PythonWeb.config(service).filter(_ -> !isKnown);
        if (config.isPresent()) {
            target.kept(choice, "its config `" + config.get() + "` may set it");
        } else if (isKnown || !isWorkers) {
            target.flag(choice, isWorkers ? new String[]{"--workers", "-w"} : new String[]{"--" + choice.setting()});
        }
    }

    /// A script's gunicorn takes from variables what neither its command line nor its config sets.
    ///
    /// Source: https://docs.gunicorn.org/en/stable/configure.html
    private static void scripted(Sizing.Choice choice, Recognised service, Invocation run, AppliedSettings target) {
        var isWorkers = choice.setting().equals("workers");
        var flag = "--" + choice.setting();
        if (service.settings().value(choice.setting()).filter(choice.value()::equals).isPresent()
                || run.option(isWorkers ? new String[]{flag, "-w"} : new String[]{flag}).isPresent()
                || isWorkers && !PythonWeb.knowsWorkers(service)) {
            return;
        }
        var given = ShellWords.split(target.value(GUNICORN_ARGUMENTS)).orElse(List.of());
        var isGiven = given.stream().anyMatch(word -> word.equals(flag) || word.startsWith(flag + "=") || isWorkers
                && word.startsWith("-w"));
        if (PythonWeb.config(service).isPresent()) {
            target.kept(choice, "its config `" + PythonWeb.config(service).get() + "` may set it");
        } else if (isWorkers && !isGiven && service.clues().has("WEB_CONCURRENCY")) {
            target.variable(choice, "WEB_CONCURRENCY");
        } else if (isGiven) {
            target.obstacle(GUNICORN_ARGUMENTS + " sets it");
        } else {
            target.variable(choice, GUNICORN_ARGUMENTS, (target.value(GUNICORN_ARGUMENTS) + " " + flag + "="
                    + choice.value()).strip());
        }
    }

    private static void celery(ServicePlan plan, Recognised service, AppliedSettings target) {
        if (service.clues().image().filter(image -> image.name().equals("airflow")).isPresent()) {
            plan.choice("concurrency").ifPresent(choice -> target.variable(choice,
                    "AIRFLOW__CELERY__WORKER_CONCURRENCY"));
            plan.choice("prefetch-multiplier").ifPresent(choice -> target.variable(choice,
                    "AIRFLOW__CELERY__WORKER_PREFETCH_MULTIPLIER"));
            target.obstacle("Airflow takes it from celery_config_options alone");
            return;
        }
        var command = DirectCommand.of(service.service(), "celery").filter(found -> found.words().contains("worker"));
        target.takes(command.map(found -> found.without("--autoscale")));
        plan.choice("concurrency").ifPresent(choice -> target.flag(choice, "--concurrency", "-c"));
        plan.choice("max-tasks-per-child").ifPresent(choice -> target.flag(choice, "--max-tasks-per-child"));
        plan.choice("prefetch-multiplier").ifPresent(choice -> target.flag(choice, "--prefetch-multiplier"));
        plan.choice("max-memory-per-child").ifPresent(choice -> target.flag(choice, "--max-memory-per-child"));
    }

    /// `SIDEKIQ_CONCURRENCY` is a habit of applications, and does nothing where theirs does not read it.
    private static void sidekiq(ServicePlan plan, Recognised service, AppliedSettings target) {
        var variable = "SIDEKIQ_CONCURRENCY";
        if (service.clues().has(variable)) {
            count(plan, service, target, variable, "--concurrency", "-c");
        } else if (isChanged(plan, service)) {
            target.takes(DirectCommand.of(service.service(), programs(plan.kind())));
            plan.choice("workers").ifPresent(choice -> target.flag(choice, "--concurrency", "-c"));
        }
    }

    /// Whether the plan has another count than what is written, or than the program's own default.
    private static boolean isChanged(ServicePlan plan, Recognised service) {
        return service.settings().value("workers").isPresent() || service.hints().workers().isPresent()
                || plan.lever().filter(lever -> lever.declared() == plan.level()).isEmpty();
    }

    /// One count, in the flag where there is one, in the variable otherwise.
    private static void count(ServicePlan plan, Recognised service, AppliedSettings target, String variable,
            String... options) {
        var choice = plan.choice("workers");
        if (choice.isEmpty() || service.settings().value("workers").filter(choice.get().value()::equals).isPresent()) {
            return;
        }
        var command = DirectCommand.of(service.service(), programs(plan.kind()));
        var given = command.flatMap(found -> java.util.Arrays.stream(options)
                .filter(option -> !found.without(option).equals(found)).findFirst());
        if (given.isPresent()) {
            target.takes(command);
            target.flag(choice.get(), given.get());
        } else if (!variable.isEmpty() && service.clues().invocations().stream().flatMap(run -> run.arguments()
                .stream()).noneMatch(word -> List.of(options).contains(word.value()))) {
            target.variable(choice.get(), variable);
        } else {
            target.takes(java.util.Optional.empty());
        }
    }

    private static String[] programs(String kind) {
        return switch (kind) {
            case "sidekiq" -> new String[]{"sidekiq"};
            case "ruby" -> new String[]{"puma", "unicorn"};
            default -> new String[]{"rq", "rqworker", "dramatiq", "huey", "arq", "taskiq", "procrastinate"};
        };
    }
}
