package dev.plimsoll.run;

import dev.plimsoll.lock.Lock;
import dev.plimsoll.observe.Container;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Waits until every service of a lock runs and is healthy.
///
/// @param earlier containers that were there before, whose restarts until then do not count
/// @param pause sleeps for the time between two looks
public record Waiting(StackRuntime runtime, Lock lock, List<Container> earlier, Pause pause) {
    public Waiting {
        earlier = List.copyOf(earlier);
    }

    private static final Duration BETWEEN = Duration.ofMillis(700);
    /// A program that ends at once is seen running once or twice before.
    private static final int QUIET_LOOKS = 4;
    /// Restarts after which a container counts as one that cannot start.
    private static final int MANY_RESTARTS = 3;

    /// Really sleeps.
    public static final Pause SLEEP = time -> {
        try {
            Thread.sleep(time);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    };

    /// How it ended.
    ///
    /// @param failed containers that do not do what they should; empty when all is well
    public record Outcome(List<Container> containers, List<Failed> failed) {
        public Outcome {
            containers = List.copyOf(containers);
            failed = List.copyOf(failed);
        }
    }

    /// @param container empty when the service has none
    public record Failed(String service, Optional<Container> container, String why) {}

    /// Passes time; a parameter so that tests need none.
    public interface Pause {
        void sleep(Duration time);
    }

    public Outcome until(Duration longest) {
        var quiet = 0;
        var before = "";
        var waited = Duration.ZERO;
        while (true) {
            var containers = runtime.containers();
            var verdicts = verdicts(containers);
            var hopeless = verdicts.stream().filter(Verdict::isHopeless).map(Verdict::failed).toList();
            var open = verdicts.stream().map(Verdict::failed).toList();
            var now = containers.stream().map(one -> one.id() + one.state() + one.restarts()).toList().toString();
            quiet = open.isEmpty() && now.equals(before) ? quiet + 1 : 0;
            before = now;
            if (!hopeless.isEmpty() || quiet >= QUIET_LOOKS - 1 || waited.compareTo(longest) >= 0) {
                return new Outcome(containers, hopeless.isEmpty() ? open : hopeless);
            }
            pause.sleep(BETWEEN);
            waited = waited.plus(BETWEEN);
        }
    }

    private record Verdict(Failed failed, boolean isHopeless) {}

    private List<Verdict> verdicts(List<Container> containers) {
        var verdicts = new ArrayList<Verdict>();
        for (var service : lock.services()) {
            var own = containers.stream().filter(one -> one.service().equals(service.name())).toList();
            if (own.isEmpty() && service.replicas() > 0) {
                verdicts.add(new Verdict(new Failed(service.name(), Optional.empty(), "has no container"), false));
            }
        }
        containers.forEach(container -> judged(container).ifPresent(verdicts::add));
        return verdicts;
    }

    private Optional<Verdict> judged(Container container) {
        var before = earlier.stream().filter(one -> one.id().equals(container.id())).mapToInt(Container::restarts).max()
                .orElse(0);
        if (container.restarts() - before >= MANY_RESTARTS) {
            return bad(container, "restarts again and again", true);
        }
        if (container.isRunning()) {
            return container.health().filter(health -> !health.equals("healthy"))
                    .flatMap(health -> bad(container, "is " + health, false));
        }
        var ended = container.state().equals("exited") || container.state().equals("dead");
        var mayEnd = List.of("", "no", "on-failure").contains(container.restartPolicy());
        var code = container.exitCode().orElse(0);
        if (ended && code == 0 && mayEnd) {
            return Optional.empty();
        }
        return bad(container, ended ? "ended with " + code : "is " + container.state(),
                ended && container.restartPolicy().replace("no", "").isEmpty());
    }

    private static Optional<Verdict> bad(Container container, String why, boolean hopeless) {
        return Optional.of(new Verdict(new Failed(container.service(), Optional.of(container), why), hopeless));
    }
}
