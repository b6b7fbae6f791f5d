package dev.plimsoll.plan;

import dev.plimsoll.kinds.DocumentedNeed;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.kinds.ServiceHints;
import dev.plimsoll.kinds.Sizing;
import dev.plimsoll.stack.Host;
import dev.plimsoll.units.MemorySize;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/// One service while the plan is made.
final class Seat {
    /// Memory is given out in steps of this size.
    static final MemorySize STEP = MemorySize.ofMegabytes(16);
    /// What memory is worth to a job beside what runs all the time. Assumption.
    private static final double OF_A_JOB = 0.25;

    final Recognised service;
    final Host host;
    final Sizing sizing;
    final boolean ends;
    final int replicas;
    final int declared;
    final int leastLevel;
    final NavigableMap<Integer, MemorySize> ladder;
    final MemorySize useful;
    private final MemorySize documented;
    boolean admitted;
    int count = 1;
    int level;
    MemorySize limit;

    /// @param ends whether it is a job that ends by itself
    Seat(Recognised service, Host host, boolean ends) {
        this.service = service;
        this.host = host;
        this.ends = ends;
        this.sizing = service.kind().sizing(service, host);
        this.replicas = service.replicas();
        this.declared = sizing.lever().map(lever -> lever.declared()).orElse(1);
        this.leastLevel = sizing.lever().map(lever -> lever.least()).orElse(1);
        this.level = leastLevel;
        this.ladder = ladder();
        this.limit = minimum(leastLevel);
        this.documented = DocumentedNeed.assumed(service).map(said -> said.need().roundedUpTo(STEP)).orElse(
                MemorySize.ZERO);
        this.useful = sizing.useful(declared).max(minimum(declared)).min(bound());
    }

    /// The most it may get: the limit that somebody set where that holds it as declared, else what it needs for that. A
    /// limit that does not hold a server of data says nothing of how much of its data should be in memory.
    private MemorySize bound() {
        return service.limit().map(set -> set.value().max(minimum(declared))).filter(most -> !service.role()
                .isStateful() || service.limit().orElseThrow().value().equals(most)).orElse(MemorySize.MAX);
    }

    MemorySize least() {
        return minimum(leastLevel);
    }

    MemorySize cheapestAsDeclared() {
        return minimum(declared).max(assumed()).times(replicas);
    }

    /// What the first container is assumed to need.
    MemorySize assumed() {
        return sizing.assumed(leastLevel).roundedDownTo(STEP).max(documented).min(bound()).max(least());
    }

    /// Below what is assumed, for want of memory.
    Change belowAssumed() {
        return new Change(Optional.of(service.name()), limit + " instead of the " + assumed() + " assumed", assumed()
                .minus(limit).times(count), weight() * (1 - limit.ratioTo(assumed())));
    }

    /// The least limit at each level the lever may take, never falling from one to the next. Levers with many
    /// levels move by a hundredth at a time.
    private NavigableMap<Integer, MemorySize> ladder() {
        var rungs = new TreeMap<Integer, MemorySize>();
        var least = MemorySize.ZERO;
        for (var at = leastLevel; at < declared; at += Math.max(1, declared / 100)) {
            least = least.max(sizing.minimum(at));
            rungs.put(at, least);
        }
        rungs.put(declared, least.max(sizing.minimum(declared)));
        return rungs;
    }

    MemorySize minimum(int atLevel) {
        return Objects.requireNonNull(ladder.get(atLevel));
    }

    /// What lowering the lever from its declared value saves.
    MemorySize saves(int toLevel) {
        return minimum(declared).minus(minimum(toLevel)).times(replicas);
    }

    double savingPerCost() {
        return saves(leastLevel).bytes() / cost(leastLevel);
    }

    private double cost(int toLevel) {
        return weight() * (declared - toLevel) / declared;
    }

    double weight() {
        return sizing.weight() * switch (service.hints().priority()
                .orElse(ServiceHints.Priority.NORMAL)) {
            case LOW -> 0.5;
            case NORMAL -> 1;
            case HIGH -> 2;
        };
    }

    double marginalUtility() {
        return weight() * (ends ? OF_A_JOB : 1) / limit.bytes();
    }

    boolean canGrow() {
        return limit.plus(STEP).compareTo(useful) <= 0;
    }

    Change lowered(int toLevel) {
        var lever = sizing.lever().orElseThrow();
        return new Change(Optional.of(service.name()), lever.setting() + " " + declared + " → " + toLevel,
                saves(toLevel), cost(toLevel));
    }

    Change replicas(int to) {
        return new Change(Optional.of(service.name()), "replicas " + replicas + " → " + to,
                minimum(declared).max(assumed()).times((long) replicas - to), weight() * (replicas - to) / replicas);
    }

    /// The most containers with which this service alone would close the gap.
    Optional<Change> fewerReplicas(MemorySize gap) {
        for (var to = replicas - 1; to > 0; to--) {
            if (replicas(to).saves().compareTo(gap) >= 0) {
                return Optional.of(replicas(to));
            }
        }
        return Optional.empty();
    }

    Change elsewhere() {
        return new Change(Optional.of(service.name()), "run it on another server", cheapestAsDeclared()
                .plus(Host.CONTAINER_RESERVE.times(replicas)), 10 * weight());
    }

    ServicePlan plan(CpuShares shares) {
        var allotment = sizing.at(limit, level);
        return new ServicePlan(service.name(), service.kind().id(), count, replicas,
                service.limit().map(l -> l.value()),
                DocumentedNeed.demand(service, host), limit, allotment.expected().min(limit), allotment.ceiling(),
                sizing.lever(), level, shares.of(service), allotment.choices());
    }
}
