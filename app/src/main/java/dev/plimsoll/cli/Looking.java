package dev.plimsoll.cli;

import dev.plimsoll.lock.Lock;
import dev.plimsoll.observe.Probe;
import dev.plimsoll.probe.Observer;
import dev.plimsoll.probe.StackOpener;
import dev.plimsoll.run.RenderedStack;
import dev.plimsoll.run.Runtimes;
import dev.plimsoll.run.StackRuntime;
import dev.plimsoll.run.State;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// How commands look at a running stack: what opens it, what it is held against, and when they look again.
record Looking(StackOpener opener, InstantSource clock, Pause pause) {
    /// Waits; tests do not.
    @FunctionalInterface
    interface Pause {
        void of(Duration span) throws InterruptedException;
    }

    /// One look, which began at a moment.
    @FunctionalInterface
    interface Look<T> {
        T at(Instant when);
    }

    static Looking ofThisMachine() {
        return new Looking((stack, project, environment) -> Runtimes.look(stack, project, StackOptions.credentials(
                stack, environment), environment), InstantSource.system(), Thread::sleep);
    }

    StackRuntime open(RenderedStack stack, RunningProjectOption project, Terminal terminal) {
        return opener.open(stack, project.name(), terminal.environment());
    }

    /// What was looked at, for reports.
    static String place(StackRuntime runtime) {
        return runtime.description() + ", project " + runtime.project();
    }

    /// What of a lock holds for the stack as it runs: as native processes, services that need a container do not run.
    ///
    /// @param undone what is not done about those, for the warning: `verified`
    static Lock yardstick(RenderedStack stack, StackRuntime runtime, Lock lock, Terminal terminal, String undone) {
        var state = State.read(stack).filter(found -> found.runtime() == State.Kind.NATIVE
                && found.project().equals(runtime.project()));
        if (state.isEmpty()) {
            return lock;
        }
        var running = state.get().processes().stream().map(State.NativeProcess::service).toList();
        var missing = lock.services().stream().map(service -> service.name()).filter(name -> !running.contains(name))
                .toList();
        if (!missing.isEmpty()) {
            terminal.warn("not " + undone + ", as they run in containers only: " + String.join(", ", missing));
        }
        return lock.natively(running);
    }

    Observer observer(List<Probe> probes) {
        return new Observer(probes, clock);
    }

    /// Looks until a time is over, and `least` times at least.
    <T> List<T> during(Duration span, Duration every, int least, Look<T> look) throws InterruptedException {
        var end = clock.instant().plus(span);
        var looks = new ArrayList<T>();
        while (true) {
            var when = clock.instant();
            looks.add(look.at(when));
            if (looks.size() >= least && when.plus(every).isAfter(end)) {
                return looks;
            }
            // A look takes its time, which the next one need not wait for.
            var rest = Duration.between(clock.instant(), when.plus(every));
            pause.of(rest.isNegative() ? Duration.ZERO : rest);
        }
    }
}
