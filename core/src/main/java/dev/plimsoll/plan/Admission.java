package dev.plimsoll.plan;

import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.Role;
import dev.plimsoll.units.MemorySize;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/// The order in which services get their places. It does not depend on the server's size.
///
/// The way in before what uses it, applications before tools, and within a role what is dear to give up first, then
/// small before large. A database comes just before the first application that uses it, as it is of no use alone.
/// What needs much at its least comes after all that needs less, or it would keep everything behind it off a server
/// that has room for that.
final class Admission {
    /// Up to this an application is an ordinary one: a JVM with a heap of 1 GB. Beyond it, each doubling comes
    /// after all that is smaller. Assumption.
    private static final MemorySize ORDINARY = MemorySize.ofGigabytes(2);

    private final List<Seat> seats;
    /// Of each application, those it uses.
    private final Map<Seat, List<Seat>> databases = new LinkedHashMap<>();

    private Admission(List<Seat> seats, Inventory inventory) {
        this.seats = seats;
        var users = new LinkedHashMap<Seat, List<String>>();
        seats.stream().filter(seat -> seat.service.role() == Role.DATABASE).forEach(seat -> users.put(seat, inventory
                .clientsOf(seat.service).stream().map(client -> client.name()).toList()));
        seats.stream().filter(Admission::mayNeedADatabase).forEach(seat -> databases.put(seat, users.entrySet().stream()
                .filter(user -> user.getValue().contains(seat.service.name())).map(Map.Entry::getKey).toList()));
    }

    static List<Seat> order(List<Seat> seats, Inventory inventory) {
        return new Admission(seats, inventory).order();
    }

    private List<Seat> order() {
        var used = databases.values().stream().flatMap(List::stream).toList();
        var sequence = Comparator.comparingInt(this::size).thenComparingInt(seat -> rank(seat.service.role()))
                .thenComparing(Comparator.comparingDouble(Seat::weight).reversed()).thenComparing(this::price)
                .thenComparing(seat -> seat.service.name());
        var order = new LinkedHashSet<Seat>();
        seats.stream().filter(seat -> !used.contains(seat)).sorted(sequence).forEach(seat -> {
            databasesOf(seat).stream().sorted(sequence).forEach(order::add);
            order.add(seat);
        });
        return List.copyOf(order);
    }

    /// Jobs, exporters and pages for the operator look at a database, and are no reason to have it.
    private static boolean mayNeedADatabase(Seat seat) {
        return !seat.ends && switch (seat.service.role()) {
            case BROKER, CACHE, POOLER, PROXY, APP, WORKER, SEARCH, STORAGE -> true;
            case DATABASE, MONITORING, EXPORTER, TOOL -> false;
        };
    }

    private static int rank(Role role) {
        return switch (role) {
            case DATABASE -> 0;
            case BROKER, CACHE, POOLER, PROXY -> 1;
            case APP -> 2;
            case WORKER, SEARCH, STORAGE -> 3;
            case MONITORING, EXPORTER, TOOL -> 4;
        };
    }

    private List<Seat> databasesOf(Seat seat) {
        return databases.getOrDefault(seat, List.of());
    }

    /// Doublings beyond an ordinary application, of the largest that it takes to have this one: 0 up to 2 GB, 1 up to
    /// 4 GB.
    private int size(Seat seat) {
        var largest = databasesOf(seat).stream().map(Seat::least).reduce(seat.least(), MemorySize::max);
        var doublings = 0;
        for (var bound = ORDINARY; largest.isLargerThan(bound); bound = bound.times(2)) {
            doublings++;
        }
        return doublings;
    }

    private MemorySize price(Seat seat) {
        return databasesOf(seat).stream().map(Seat::least).reduce(seat.least(), MemorySize::plus);
    }
}
