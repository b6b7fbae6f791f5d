package dev.plimsoll.plan;

import dev.plimsoll.kinds.DocumentedNeed;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.OneShots;
import dev.plimsoll.stack.Host;
import dev.plimsoll.units.MemorySize;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.stream.Collectors;

/// Decides the budget by one fixed sequence of purchases that does not depend on the server's size:
///
/// 1. one container of every service at its least, in the order of [Admission];
/// 2. what is assumed of programs without a model and of a Redis nobody decided about, and what makers of programs
///    ask for, those that lack least first, in steps of 16 MB;
/// 3. every lever back up to its declared value, the one that costs least memory for what it gives first;
/// 4. the further containers of services with replicas, cheap ones first;
/// 5. memory where it helps most, in steps of 16 MB: the marginal utility of a service with weight w and limit m is
///    w / m, that is, each doubling of a limit is worth its weight. To a job that ends by itself it is worth a quarter:
///    its memory is kept for it, as `up` runs it again beside all others, and helps nobody in between.
///
/// A server buys the longest beginning of the sequence that it can pay for. So a larger server buys all that a
/// smaller one does, and more memory never makes a service's plan worse.
public final class Planner {
    private static final List<MemorySize> SERVERS = List.of(1, 2, 4, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384,
            512, 1024).stream().map(MemorySize::ofGigabytes).toList();

    private final Inventory inventory;
    private final MemorySize loadLine;
    private final List<Seat> seats;
    private final List<Seat> admission;
    private MemorySize spent = MemorySize.ZERO;

    private Planner(Inventory inventory) {
        this.inventory = inventory;
        this.loadLine = inventory.host().loadLine(inventory.containers());
        this.seats = inventory.running().map(service -> new Seat(service, inventory.host(), OneShots.is(service,
                inventory))).toList();
        this.admission = Admission.order(seats, inventory);
    }

    public static Plan plan(Inventory inventory) {
        return new Planner(inventory).decide();
    }

    /// The same stack on a server with another amount of memory.
    public static Plan planWith(Inventory inventory, MemorySize memory) {
        return plan(inventory.on(inventory.host().with(memory)));
    }

    /// The least limit of each service that keeps it as declared, for all of its containers.
    public static Map<String, MemorySize> leastAsDeclared(Inventory inventory) {
        return new Planner(inventory).seats.stream().collect(Collectors.toMap(seat -> seat.service.name(),
                Seat::cheapestAsDeclared, MemorySize::plus, LinkedHashMap::new));
    }

    private Plan decide() {
        var complete = admit() && allowAssumed() && raiseLevers() && replicate();
        if (complete) {
            fill();
        }
        var needed = seats.stream().map(Seat::cheapestAsDeclared).reduce(MemorySize.ZERO, MemorySize::plus);
        var admitted = seats.stream().filter(seat -> seat.admitted).toList();
        var shares = new CpuShares(admitted.stream().map(seat -> seat.service).toList(), inventory.host().cpus());
        return new Plan(inventory, loadLine, admitted.stream().map(seat -> seat.plan(shares)).toList(),
                seats.stream().filter(seat -> !seat.admitted).map(seat -> seat.service.name()).toList(), needed,
                complete ? List.of() : singles(needed), complete ? List.of() : combination(), assumptions());
    }

    private boolean admit() {
        for (var seat : admission) {
            if (!buy(seat.least())) {
                return false;
            }
            seat.admitted = true;
        }
        return true;
    }

    /// Those that lack little first, and each as far as it goes, so that a large one leaves nothing unspent.
    private boolean allowAssumed() {
        for (var seat : admission.stream().sorted(Comparator.comparing(seat -> seat.assumed().minus(seat.least())))
                .toList()) {
            while (seat.limit.compareTo(seat.assumed()) < 0) {
                var step = Seat.STEP.min(seat.assumed().minus(seat.limit));
                if (!buy(step)) {
                    return false;
                }
                seat.limit = seat.limit.plus(step);
            }
        }
        return true;
    }

    private boolean raiseLevers() {
        var levered = seats.stream().filter(seat -> seat.level < seat.declared)
                .sorted(Comparator.comparingDouble(Seat::savingPerCost).thenComparing(seat -> seat.service.name()))
                .toList();
        for (var seat : levered) {
            while (seat.level < seat.declared) {
                var level = seat.ladder.higherKey(seat.level);
                var next = seat.minimum(level);
                if (!buy(next.minus(seat.limit))) {
                    return false;
                }
                seat.level = level;
                seat.limit = seat.limit.max(next);
            }
        }
        return true;
    }

    private boolean replicate() {
        for (var seat : seats.stream().sorted(Comparator.comparingDouble((Seat seat) -> seat.limit.bytes()
                * (double) seat.replicas / seat.weight()).thenComparing(seat -> seat.service.name())).toList()) {
            while (seat.count < seat.replicas) {
                if (!buy(seat.limit)) {
                    return false;
                }
                seat.count++;
            }
        }
        return true;
    }

    private void fill() {
        var queue = new PriorityQueue<Seat>(Comparator.comparingDouble((Seat seat) -> -seat.marginalUtility())
                .thenComparing(seat -> seat.service.name()));
        queue.addAll(seats.stream().filter(Seat::canGrow).toList());
        while (!queue.isEmpty()) {
            var seat = queue.remove();
            if (!buy(Seat.STEP.times(seat.replicas))) {
                return;
            }
            seat.limit = seat.limit.plus(Seat.STEP);
            if (seat.canGrow()) {
                queue.add(seat);
            }
        }
    }

    private boolean buy(MemorySize price) {
        var after = spent.plus(price);
        if (after.isLargerThan(loadLine)) {
            return false;
        }
        spent = after;
        return true;
    }

    private List<Change> singles(MemorySize needed) {
        var gap = needed.minus(loadLine);
        var found = new ArrayList<Change>();
        for (var seat : seats) {
            seat.ladder.headMap(seat.declared, false).descendingKeySet().stream()
                    .filter(level -> seat.saves(level).compareTo(gap) >= 0).findFirst()
                    .ifPresent(level -> found.add(seat.lowered(level)));
            seat.fewerReplicas(gap).ifPresent(found::add);
            var all = seat.cheapestAsDeclared().plus(Host.CONTAINER_RESERVE.times(seat.replicas));
            if (all.compareTo(gap) >= 0 && seats.size() > 1) {
                found.add(seat.elsewhere());
            }
        }
        found.sort(Comparator.comparingDouble(Change::cost).thenComparing(Change::toString));
        SERVERS.stream().filter(size -> inventory.host().with(size).loadLine(inventory.containers())
                .compareTo(needed) >= 0)
                .findFirst().ifPresent(size -> found.add(new Change(Optional.empty(), "a server with " + size,
                        size.minus(inventory.host().memory()), 0)));
        return found;
    }

    private List<Change> combination() {
        var changes = new ArrayList<Change>();
        for (var seat : seats) {
            if (!seat.admitted) {
                changes.add(seat.elsewhere());
                continue;
            }
            if (seat.limit.compareTo(seat.assumed()) < 0) {
                changes.add(seat.belowAssumed());
            }
            if (seat.level < seat.declared) {
                changes.add(seat.lowered(seat.level));
            }
            if (seat.count < seat.replicas) {
                changes.add(seat.replicas(seat.count));
            }
        }
        return changes;
    }

    private List<String> assumptions() {
        var found = new ArrayList<String>();
        if (inventory.host().assumed()) {
            found.add("server: " + inventory.host().memory() + ", " + inventory.host().cpus().inWords()
                    + "; say --memory and --cpus, or x-plimsoll.host");
        }
        var services = seats.stream().collect(Collectors.groupingBy(seat -> DocumentedNeed.demand(seat.service,
                inventory.host()).assumption(), LinkedHashMap::new, Collectors.mapping(seat -> seat.service.name(),
                        Collectors.joining(", "))));
        services.forEach((assumption, names) -> {
            if (!assumption.isEmpty()) {
                found.add(names + ": " + assumption);
            }
        });
        return found;
    }
}
