package dev.plimsoll.verify;

import dev.plimsoll.kinds.Role;
import dev.plimsoll.load.LoadRun;
import dev.plimsoll.lock.Lock;
import dev.plimsoll.lock.LockedService;
import dev.plimsoll.observe.Observation;
import dev.plimsoll.observe.Observations;
import dev.plimsoll.units.MemorySize;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What scenarios look at.
///
/// @param before what became of the scenarios before this one
/// @param runs load runs of this plan, oldest first
/// @param earlier what an earlier look saw, so that a count can be told from what it was; nothing without one
record Look(Lock lock, Observations seen, List<Result> before, List<LoadRun> runs, Observations earlier) {
    /// A container younger than this is still starting: Compose's own default for a health check is 30 seconds times
    /// three retries.
    private static final double STARTING = 90;

    Look {
        before = List.copyOf(before);
        runs = List.copyOf(runs);
    }

    /// One container of a service.
    ///
    /// @param number from 1
    record Seen(Look look, String service, int number) {
        Optional<Observation> fact(String what) {
            return look.seen.of(service).filter(fact -> fact.container() == number && fact.what().equals(what))
                    .findFirst();
        }

        Optional<String> text(String what) {
            return fact(what).map(Observation::value);
        }

        Optional<Double> number(String what) {
            return fact(what).flatMap(Observation::number);
        }

        Optional<MemorySize> size(String what) {
            return number(what).filter(bytes -> bytes >= 0).map(bytes -> MemorySize.ofBytes(bytes.longValue()));
        }

        /// Private, shared and kernel memory. Page cache grows up to any limit and goes when memory is needed, so it is
        /// no sign of need. Empty when the container's memory was not seen.
        Optional<MemorySize> held() {
            return size("memory.anonymous").map(anonymous -> anonymous.plus(size("memory.shared").orElse(
                    MemorySize.ZERO)).plus(size("memory.kernel").orElse(MemorySize.ZERO)));
        }

        boolean is(String what, String value) {
            return text(what).filter(value::equals).isPresent();
        }

        Stream<Observation> all(String prefix) {
            return look.seen.of(service).filter(fact -> fact.container() == number && fact.what().startsWith(prefix));
        }

        boolean isRunning() {
            return is("container.state", "running");
        }

        boolean isStarting() {
            return number("container.age").filter(age -> age < STARTING).isPresent() || is("container.health",
                    "starting");
        }

        /// Seconds since it was started; zero when unknown.
        double age() {
            return number("container.age").orElse(0.0);
        }

        /// The same container at the earlier look; empty when there was none, or another container had its number.
        Optional<Seen> earlier() {
            return Optional.of(new Seen(new Look(look.lock, look.earlier, List.of(), List.of(), Observations.NONE),
                    service, number)).filter(
                            then -> then.fact("container.state").isPresent()
                                    && then.text("container.id").equals(text("container.id")));
        }

        /// `container 2: ` for services with several.
        String prefix() {
            return look.containers(service).count() > 1 ? "container " + number + ": " : "";
        }

        /// Why what was asked for was not told; empty when it was, or when nobody asked.
        Optional<String> unanswered(String what) {
            return look.seen.gap(service, what);
        }

        String gap(String what) {
            return look.seen.gap(service, what).orElse(isRunning() ? "it was not observed" : "no container runs");
        }
    }

    /// The containers of a service that were seen, running or not.
    Stream<Seen> containers(String service) {
        return seen.of(service).filter(fact -> fact.what().equals("container.state"))
                .map(fact -> new Seen(this, service, fact.container()));
    }

    Stream<Seen> running(String service) {
        return containers(service).filter(Seen::isRunning);
    }

    Stream<LockedService> ofKind(String... kinds) {
        return lock.services().stream().filter(service -> service.is(kinds));
    }

    Stream<LockedService> ofRole(Role... roles) {
        return lock.services().stream().filter(service -> List.of(roles).contains(service.role()));
    }

    /// The first running container of each service of a kind, with what was planned.
    Stream<Planned> servers(String kind) {
        return ofKind(kind).flatMap(service -> running(service.name()).map(seen -> new Planned(service, seen)));
    }

    /// A running container and its plan.
    record Planned(LockedService service, Seen seen) {
        String name() {
            return service.name();
        }
    }

    /// What running containers hold together.
    ///
    /// @param size of those whose memory was read
    /// @param gap why that may not be all
    record Held(MemorySize size, Optional<String> gap) {
        /// What may be said of all: a part that is too much is enough, and a part that is not says nothing.
        Check judged(Check ofThoseRead) {
            return ofThoseRead.verdict() == Check.Verdict.PASSED && gap.isPresent()
                    ? Check.notRun(ofThoseRead.service().orElse(""), ofThoseRead.what(), gap.get())
                    : ofThoseRead;
        }
    }

    Held held(Stream<LockedService> services) {
        var running = services.flatMap(service -> running(service.name())).toList();
        var unread = running.stream().filter(container -> container.held().isEmpty()).map(Seen::service).distinct()
                .toList();
        return new Held(running.stream().flatMap(container -> container.held().stream()).reduce(MemorySize.ZERO,
                MemorySize::plus),
                running.isEmpty()
                        ? Optional.of("no container runs")
                        : Optional.of("the memory of " + String.join(", ", unread) + " could not be read").filter(
                                _ -> !unread.isEmpty()));
    }

    /// The first fact of this name, whatever service it was read from.
    Optional<Observation> anywhere(String what) {
        return seen.facts().stream().filter(fact -> fact.what().equals(what)).findFirst();
    }
}
