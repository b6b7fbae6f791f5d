package dev.plimsoll.verify;

import dev.plimsoll.lock.Expected;
import dev.plimsoll.lock.LockedService;
import dev.plimsoll.observe.Observation;
import dev.plimsoll.units.MemorySize;
import dev.plimsoll.verify.Look.Seen;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// A container's memory and CPU against its limit and its plan.
final class LimitChecks {
    /// The kernel counts pages.
    private static final long PAGE = 4096;
    /// The same bound as the usual alert on a container's memory: above it the next burst may be killed.
    private static final double FULL = 0.9;
    /// More than two restarts in ten minutes are a loop; fewer may come from waiting for a database at the start. The
    /// engine counts over a container's whole life.
    private static final double LOOP = 3;
    static final Duration RECENTLY = Duration.ofMinutes(10);
    /// A quarter of all periods spent waiting is felt as latency; the share below is not worth a change.
    private static final double THROTTLED = 0.25;
    /// A tenth of the last minute spent waiting for memory: the kernel reclaims what is in use.
    private static final double PRESSED = 0.1;

    private LimitChecks() {}

    static Stream<Check> of(LockedService service, Seen seen) {
        return Stream.of(Optional.of(limit(service, seen)), cgroup(seen), cpus(service, seen), swapLimit(service,
                seen), swap(seen), Optional.of(use(service, seen)),
                ceiling(service, seen), Optional.of(kills(seen)), restarts(seen), throttling(seen), pressure(seen))
                .flatMap(Optional::stream);
    }

    private static Check limit(LockedService service, Seen seen) {
        var what = "has its planned limit";
        var fact = seen.fact("container.limit");
        if (fact.isEmpty()) {
            return Check.notRun(service.name(), what, seen.gap("container.limit"));
        }
        var found = seen.size("container.limit");
        var remedy = "Start the rendered stack again; on Docker `docker update -m " + service.limit().megabytes()
                + "m` sets it "
                + "back at once";
        if (found.isEmpty()) {
            return Check.failed(service.name(), what, seen.prefix() + "no limit, planned " + service.limit(), remedy,
                    fact.get());
        }
        return Math.abs(found.get().bytes() - service.limit().bytes()) < PAGE
                ? Check.passed(service.name(), what, seen.prefix() + found.get(), fact.get())
                : Check.failed(service.name(), what, seen.prefix() + found.get() + " in force, planned " + service
                        .limit(), remedy, fact.get());
    }

    /// The engine says one thing, the kernel enforces another.
    private static Optional<Check> cgroup(Seen seen) {
        var engine = seen.size("container.limit");
        var fact = seen.fact("memory.limit");
        if (engine.isEmpty() || fact.isEmpty()) {
            return Optional.empty();
        }
        var kernel = seen.size("memory.limit");
        var same = kernel.filter(size -> size.bytes() - engine.get().bytes() < PAGE).isPresent();
        return same
                ? Optional.empty()
                : Optional.of(Check.failed(seen.service(), "the kernel enforces its limit", seen.prefix() + kernel.map(
                        Object::toString).orElse("no limit") + " in the cgroup, " + engine.get()
                        + " says the engine", "Start the container again", fact.get()));
    }

    private static Optional<Check> cpus(LockedService service, Seen seen) {
        var what = "has its limit of CPU";
        return service.expected().flatMap(Expected::cpus).flatMap(planned -> seen.fact("container.cpus").map(fact -> {
            var same = fact.value().equals(planned.toString());
            return same
                    ? Check.passed(service.name(), what, seen.prefix() + planned + " CPUs", fact)
                    : Check.failed(service.name(), what, seen.prefix() + (fact.value().equals("none")
                            ? "no limit"
                            : fact.value() + " CPUs") + " instead of " + planned, "Set it back with `docker update "
                                    + "--cpus " + planned + "`, or start the rendered stack again",
                            fact);
        }));
    }

    /// An engine on a kernel that cannot limit swap says none, which is no drift.
    private static Optional<Check> swapLimit(LockedService service, Seen seen) {
        var what = "may swap as much as planned";
        return service.expected().flatMap(Expected::swap).flatMap(planned -> seen.size("container.swap_limit").map(
                found -> Math.abs(found.bytes() - planned.bytes()) < PAGE
                        ? Check.passed(service.name(), what, seen.prefix() + found + " with its memory", swapFact(seen))
                        : Check.failed(service.name(), what, seen.prefix() + found + " of memory and swap instead of "
                                + planned,
                                "Set it back with `docker update --memory-swap " + planned.megabytes()
                                        + "m`, or start the rendered stack again",
                                swapFact(seen))));
    }

    private static Observation swapFact(Seen seen) {
        return seen.fact("container.swap_limit").orElseThrow();
    }

    private static Optional<Check> swap(Seen seen) {
        var host = seen.look().lock().host().swap();
        var limit = seen.size("container.limit");
        var swap = seen.size("container.swap_limit");
        if (host.isZero() || limit.isEmpty() || swap.isEmpty() || !swap.get().isLargerThan(limit.get())) {
            return Optional.empty();
        }
        return Optional.of(Check.advice(seen.service(), "does not swap", seen.prefix() + "it may swap " + swap.get()
                .minus(limit.get()) + " besides its " + limit.get(), "Set memswap_limit to the limit, so that pressure "
                        + "is seen before everything is slow",
                seen.fact("container.swap_limit").orElseThrow()));
    }

    private static Check use(LockedService service, Seen seen) {
        var what = "holds less than 90 % of its limit";
        var limit = seen.size("container.limit").orElse(service.limit());
        return seen.held().map(held -> {
            var found = seen.prefix() + held + " of " + limit + " (" + percent(held.ratioTo(limit)) + ") without page "
                    + "cache";
            if (held.ratioTo(limit) > FULL) {
                return Check.failed(service.name(), what, found, "Lower its settings or workers, or plan more for it",
                        evidence(seen, "memory.anonymous"));
            }
            return costlyCache(seen, limit).map(cost -> Check.failed(service.name(), what, found + ", " + cost,
                    "It drops pages that it reads again at once: plan more for it", evidence(seen,
                            "memory.working_set")))
                    .orElseGet(() -> Check.passed(service.name(), what, found, evidence(seen, "memory.anonymous")));
        }).orElseGet(() -> Check.notRun(service.name(), what, seen.gap("memory.anonymous")));
    }

    /// A working set near the limit is page cache at work, as in any database with more data than memory, unless it
    /// has a price: processes that wait for memory, or were killed for want of it.
    private static Optional<String> costlyCache(Seen seen, MemorySize limit) {
        return seen.size("memory.working_set").filter(used -> used.ratioTo(limit) > FULL).flatMap(used -> {
            var price = isPressed(seen)
                    ? "it waits for memory"
                    : isKilled(seen) && !isKnown(seen) ? "processes were killed" : "";
            return price.isEmpty()
                    ? Optional.empty()
                    : Optional.of(used + " (" + percent(used.ratioTo(limit)) + ") with the cache in use, and " + price);
        });
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", share * 100);
    }

    private static Optional<Check> ceiling(LockedService service, Seen seen) {
        return service.ceiling().flatMap(ceiling -> seen.held().map(found -> found.isLargerThan(ceiling)
                ? Check.failed(service.name(), "stays below its planned ceiling", seen.prefix() + found
                        + " without page cache, ceiling " + ceiling,
                        "Its settings differ from the plan, or the "
                                + "model is too low for it: calibrate",
                        evidence(seen, "memory.anonymous"))
                : Check.passed(service.name(), "stays below its planned ceiling", seen.prefix() + found + " of "
                        + ceiling, evidence(seen, "memory.anonymous"))));
    }

    private static Check kills(Seen seen) {
        var what = "nothing in it was killed for want of memory";
        if (isKilled(seen)) {
            var kills = seen.number("memory.oom_kills").orElse(0.0);
            var found = seen.prefix() + (kills > 0
                    ? "%.0f processes killed since its start".formatted(kills)
                    : "its main process was killed before its start") + ago(seen);
            var remedy = "Raise its limit or lower its settings; see the kernel's log";
            return isKnown(seen)
                    ? Check.advice(seen.service(), what, found + ", none since an earlier look", remedy, evidence(seen,
                            "memory.oom_kills"))
                    : Check.failed(seen.service(), what, found, remedy, evidence(seen, "memory.oom_kills"));
        }
        return seen.fact("memory.oom_kills").map(fact -> Check.passed(seen.service(), what, seen.prefix() + "0 kills",
                fact)).orElseGet(() -> Check.notRun(seen.service(), what, seen.gap("memory.oom_kills")));
    }

    private static boolean isKilled(Seen seen) {
        return seen.number("memory.oom_kills").orElse(0.0) > 0 || seen.is("container.oom_killed", "true");
    }

    /// Whether an earlier look saw the same kills.
    private static boolean isKnown(Seen seen) {
        return seen.earlier().filter(then -> Stream.of("memory.oom_kills", "container.oom_killed",
                "container.restarts").allMatch(what -> then.text(what).equals(seen.text(what)))).isPresent();
    }

    /// ` 5 min ago`, of its last start; empty when that is not known.
    private static String ago(Seen seen) {
        return seen.number("container.age").map(age -> age < 120
                ? " %.0f s ago".formatted(age)
                : age < 7200 ? " %.0f min ago".formatted(age / 60) : " %.0f h ago".formatted(age / 3600)).orElse("");
    }

    private static Optional<Check> restarts(Seen seen) {
        return seen.number("container.restarts").map(count -> {
            var found = seen.prefix() + "%.0f restarts".formatted(count) + (count > 0
                    ? " in its whole life, the last one" + ago(seen)
                    : "");
            var what = "does not restart";
            if (isLoop(seen, count)) {
                return Check.failed(seen.service(), what, found, "Read its log of the last end", evidence(seen,
                        "container.restarts"));
            }
            return count > 0
                    ? Check.advice(seen.service(), what, found, "Let it wait for what it depends on", evidence(seen,
                            "container.restarts"))
                    : Check.passed(seen.service(), what, found, evidence(seen, "container.restarts"));
        });
    }

    private static boolean isLoop(Seen seen, double count) {
        var then = seen.earlier().flatMap(look -> look.number("container.restarts")).filter(known -> known <= count);
        return count - then.orElse(0.0) >= LOOP && seen.age() < RECENTLY.toSeconds();
    }

    private static Optional<Check> throttling(Seen seen) {
        return throttled(seen).filter(found -> found.share() > THROTTLED).map(found -> Check.advice(seen.service(),
                "is not kept waiting by its CPU limit",
                seen.prefix() + "in " + percent(found.share()) + " of all periods "
                        + "since " + found.since(),
                "Raise or remove its CPU limit", evidence(seen, "cpu.throttled_share")));
    }

    /// @param since its start, or an earlier look
    private record Throttled(double share, String since) {}

    /// The kernel counts from the start on, and a busy start is no reason to raise a limit for ever.
    private static Optional<Throttled> throttled(Seen seen) {
        return recentShare(seen).map(share -> new Throttled(share, "an earlier look")).or(() -> seen.number(
                "cpu.throttled_share").map(share -> new Throttled(share, "its start")));
    }

    private static Optional<Double> recentShare(Seen seen) {
        var all = since(seen, "cpu.periods");
        var waited = since(seen, "cpu.throttled_periods");
        return all.filter(count -> count > 0).flatMap(count -> waited.filter(part -> part >= 0).map(part -> part
                / count));
    }

    private static Optional<Double> since(Seen seen, String what) {
        return seen.earlier().flatMap(then -> then.number(what)).flatMap(then -> seen.number(what).map(now -> now
                - then));
    }

    private static Optional<Check> pressure(Seen seen) {
        return isPressed(seen)
                ? Optional.of(Check.advice(seen.service(), "does not wait for memory", seen.prefix() + percent(seen
                        .number("memory.pressure").orElseThrow()) + " of the last minute",
                        "It reclaims pages that it needs: raise its limit", evidence(seen, "memory.pressure")))
                : Optional.empty();
    }

    private static boolean isPressed(Seen seen) {
        return seen.number("memory.pressure").filter(share -> share > PRESSED).isPresent();
    }

    private static Observation[] evidence(Seen seen, String what) {
        return seen.fact(what).stream().toArray(Observation[]::new);
    }
}
