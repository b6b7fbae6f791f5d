package dev.plimsoll.verify;

import dev.plimsoll.kinds.Role;
import dev.plimsoll.lock.LockedService;
import dev.plimsoll.observe.Observation;
import dev.plimsoll.units.MemorySize;
import dev.plimsoll.verify.Look.Seen;
import java.util.ArrayList;
import java.util.List;

/// Whether what was planned runs, nothing else does, and all of it together stays below the load line.
final class MemoryBaseline implements Scenario {
    /// Part of a server's nominal memory that the kernel may keep for itself before MemTotal counts it: 2 to 6 % on
    /// x86-64 servers of 1 to 8 GB, an assumption on the safe side.
    private static final double KERNEL = 0.1;

    @Override
    public String id() {
        return "baseline";
    }

    @Override
    public String title() {
        return "Memory baseline";
    }

    @Override
    public List<Check> checks(Look look) {
        var checks = new ArrayList<Check>();
        look.lock().services().forEach(service -> checks.add(runs(look, service)));
        checks.add(nothingElse(look));
        checks.add(limits(look));
        checks.add(together(look));
        checks.add(server(look));
        return checks;
    }

    private static Check runs(Look look, LockedService service) {
        var what = service.replicas() == 1 ? "runs" : "runs " + service.replicas() + " containers";
        var all = look.containers(service.name()).toList();
        var found = all.stream().map(MemoryBaseline::state).distinct().toList();
        var evidence = all.stream().flatMap(one -> one.fact("container.state").stream()).toArray(Observation[]::new);
        var running = all.stream().filter(Seen::isRunning).count();
        if (all.stream().anyMatch(one -> one.isRunning() && one.is("container.health", "unhealthy"))) {
            return Check.failed(service.name(), what, "it is unhealthy", "Read its log and the health check's output "
                    + "in `docker inspect`", evidence);
        }
        var silent = all.stream().filter(one -> one.isRunning() && !one.isStarting()).flatMap(one -> one.fact(
                "container.silent").stream()).findFirst();
        if (silent.isPresent()) {
            return Check.failed(service.name(), what, "it runs and does not answer: " + silent.get().value(),
                    "Read its log, and look at what it waits for: a lock, a disk, a signal that stopped it", silent
                            .get());
        }
        if (running > service.replicas()) {
            return Check.failed(service.name(), what, running + " containers run, and the plan has room for "
                    + service.replicas(), "Scale it back, or plan with as many replicas", evidence);
        }
        if (running == service.replicas()) {
            return all.stream().anyMatch(one -> one.is("container.health", "starting"))
                    ? Check.notRun(service.name(), what, "its health check is still starting")
                    : Check.passed(service.name(), what, running + " running", evidence);
        }
        if (all.stream().anyMatch(one -> one.is("container.state", "created"))) {
            return Check.notRun(service.name(), what, "a container was created and is not started yet");
        }
        if (!all.isEmpty() && !service.role().isStateful() && all.stream().allMatch(MemoryBaseline::isDone)) {
            return Check.passed(service.name(), "runs or has done its work", "exited with 0 and is not to be "
                    + "restarted", evidence);
        }
        return Check.failed(service.name(), what, all.isEmpty()
                ? "there is no container"
                : running + " of "
                        + service.replicas() + " running: " + String.join(", ", found),
                "Start it, and read its log when it ends again", evidence);
    }

    private static String state(Seen one) {
        return one.text("container.state").orElse("unknown") + (one.isRunning()
                ? ""
                : one.text("container.exit_code").map(code -> " with " + code).orElse("") + (one.is(
                        "container.oom_killed", "true") ? ", killed for want of memory" : ""));
    }

    private static boolean isDone(Seen one) {
        return one.is("container.state", "exited") && one.is("container.exit_code", "0")
                && (one.is("container.restart_policy", "no") || one.text("container.restart_policy").filter(
                        policy -> policy.startsWith("on-failure")).isPresent());
    }

    private static Check nothingElse(Look look) {
        var strangers = look.seen().facts().stream().filter(fact -> fact.what().equals("container.state"))
                .filter(fact -> fact.value().equals("running"))
                .filter(fact -> fact.service().filter(name -> look.lock().service(name).isEmpty()).isPresent())
                .toList();
        var names = strangers.stream().flatMap(fact -> fact.service().stream()).distinct().toList();
        return strangers.isEmpty()
                ? Check.passed("", "only planned services run", look.lock().services().size() + " services planned")
                : Check.failed("", "only planned services run", String.join(", ", names) + " was not planned",
                        "Stop it, or plan again with it", strangers.toArray(Observation[]::new));
    }

    private static Check limits(Look look) {
        var what = "the limits in force stay below the load line";
        var all = look.lock().services().stream().flatMap(service -> look.running(service.name())).toList();
        var evidence = all.stream().flatMap(one -> one.fact("container.limit").stream()).toList();
        if (evidence.isEmpty()) {
            return Check.notRun("", what, "no container's limit could be read");
        }
        var total = all.stream().flatMap(one -> one.size("container.limit").stream()).reduce(MemorySize.ZERO,
                MemorySize::plus);
        var unlimited = all.stream().filter(one -> one.is("container.limit", "none")).map(Seen::service).distinct()
                .toList();
        var line = look.lock().loadLine();
        if (!unlimited.isEmpty()) {
            return Check.failed("", what, String.join(", ", unlimited) + " has no limit; the others have " + total
                    + " of " + line, "Start the rendered stack again", evidence.toArray(Observation[]::new));
        }
        return total.isLargerThan(line)
                ? Check.failed("", what, total + " of limits, load line " + line, "Plan and render again",
                        evidence.toArray(Observation[]::new))
                : Check.passed("", what, total + " of " + line, evidence.toArray(Observation[]::new));
    }

    private static Check together(Look look) {
        var what = "together they hold no more than the plan expects";
        var held = look.held(look.lock().services().stream());
        var used = held.size();
        var expected = look.lock().services().stream().map(service -> service.reservation().times(service.replicas()))
                .reduce(MemorySize.ZERO, MemorySize::plus);
        var found = used + " without page cache, " + expected + " expected, load line " + look.lock().loadLine();
        if (used.isLargerThan(look.lock().loadLine())) {
            return Check.failed("", what, found, "Plan for a larger server or give something up");
        }
        if (used.isLargerThan(expected)) {
            return Check.advice("", what, found, "Calibrate the plan with measured values");
        }
        return held.judged(Check.passed("", what, found));
    }

    private static Check server(Look look) {
        var what = "the server has the memory that was planned for";
        var planned = look.lock().host().memory();
        return look.anywhere("host.memory").flatMap(fact -> fact.number().map(bytes -> {
            var found = MemorySize.ofBytes(bytes.longValue());
            return planned.times(1 - KERNEL).isLargerThan(found)
                    ? Check.failed("", what, found + " instead of " + planned, "Plan with --memory " + found
                            .megabytes() + "MB", fact)
                    : Check.passed("", what, found + ", planned for " + planned, fact);
        })).orElseGet(() -> Check.notRun("", what, look.ofRole(Role.EXPORTER).findAny().isPresent()
                ? "no exporter tells the server's memory"
                : "the stack has no node_exporter"));
    }

}
