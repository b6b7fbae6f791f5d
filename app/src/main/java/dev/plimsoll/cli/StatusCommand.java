package dev.plimsoll.cli;

import dev.plimsoll.lock.Lock;
import dev.plimsoll.lock.LockedService;
import dev.plimsoll.observe.CgroupReading;
import dev.plimsoll.observe.LiveService;
import dev.plimsoll.report.StackText;
import dev.plimsoll.report.StatusJson;
import dev.plimsoll.run.StackRuntime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// `plimsoll status`: what a running stack uses of its limits.
@Command(name = "status",
        description = "Show what the running stack uses of its limits: memory by sort, its peak, CPU, "
                + "kills and restarts.",
        footer = {"", "Exits with 1 when a planned service does not run and is no job that ended well, with 3 when "
                + "the stack does not run."})
final class StatusCommand implements Callable<Integer> {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final String CLEAR = "\u001b[H\u001b[2J";

    @ParentCommand
    private Plimsoll plimsoll = new Plimsoll(Terminal.system());

    @Mixin
    private StackOptions options = new StackOptions();

    @Mixin
    private RunningProjectOption project = new RunningProjectOption();

    @Option(names = "--watch", description = "Look again every second until interrupted.")
    private boolean watch;

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "text", converter = TextOrJson.Reader.class,
            description = "One of ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} unless named.")
    private TextOrJson format = TextOrJson.TEXT;

    private final Looking looking;

    StatusCommand() {
        this(Looking.ofThisMachine());
    }

    StatusCommand(Looking looking) {
        this.looking = looking;
    }

    StatusCommand printingTo(Terminal terminal) {
        plimsoll = new Plimsoll(terminal);
        return this;
    }

    @Override
    public Integer call() throws InterruptedException {
        var stack = options.stack();
        try (var runtime = looking.open(stack, project, plimsoll.terminal())) {
            var lock = Looking.yardstick(stack, runtime, stack.lock(), plimsoll.terminal(), "shown");
            var before = new HashMap<String, CgroupReading>();
            var last = look(runtime, before, 0);
            var at = System.nanoTime();
            do {
                looking.pause().of(BETWEEN_LOOKS);
                var now = System.nanoTime();
                last = look(runtime, before, (now - at) / 1e9);
                at = now;
                print(runtime.project(), runtime.description(), last, missing(lock, last));
            } while (watch);
            return missing(lock, last).isEmpty() && last.stream().map(LiveService::container).allMatch(
                    container -> container.isRunning() || container.isDone(lock.service(container.service())))
                            ? ExitCode.FINE
                            : ExitCode.FAILED;
        }
    }

    /// @param before by container, replaced with what is read now
    private static List<LiveService> look(StackRuntime runtime, Map<String, CgroupReading> before, double seconds) {
        var services = new ArrayList<LiveService>();
        for (var container : runtime.containers()) {
            var reading = runtime.cgroup(container);
            services.add(LiveService.of(container, reading, Optional.ofNullable(before.get(container.id())), seconds));
            reading.ifPresent(found -> before.put(container.id(), found));
        }
        return services;
    }

    /// Planned services that have no container at all.
    private static List<String> missing(Lock lock, List<LiveService> services) {
        return lock.services().stream().filter(service -> service.replicas() > 0).map(LockedService::name).filter(
                name -> services.stream().noneMatch(service -> service.container().service().equals(name))).toList();
    }

    private void print(String name, String runtime, List<LiveService> services, List<String> missing) {
        var text = switch (format) {
            case TEXT -> StackText.status(name, runtime, services, missing);
            case JSON -> Json.text(StatusJson.of(Version.text(), name, runtime, services, missing));
        };
        var clears = watch && format == TextOrJson.TEXT && plimsoll.terminal().colour();
        plimsoll.terminal().print((clears ? CLEAR : "") + text);
    }
}
