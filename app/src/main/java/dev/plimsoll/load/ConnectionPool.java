package dev.plimsoll.load;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which connections are free, and which requests wait for one. A new one is ordered when all are busy and there may
/// be more.
final class ConnectionPool {
    private int most;
    private final ArrayDeque<NioConnection> free = new ArrayDeque<>();
    private final Set<NioConnection> members = new HashSet<>();
    private final ArrayDeque<Job> queue = new ArrayDeque<>();
    /// Open, being opened, or ordered.
    private int size;
    /// Being opened or ordered.
    private int coming;
    private int orders;
    private int highest;

    ConnectionPool(int most) {
        this.most = most;
    }

    /// Sets how many there may be; gives the free ones above that, which the caller closes.
    synchronized List<NioConnection> limit(int count) {
        most = count;
        var surplus = new ArrayList<NioConnection>();
        while (size > most && !free.isEmpty()) {
            var connection = free.removeLast();
            members.remove(connection);
            size--;
            surplus.add(connection);
        }
        return surplus;
    }

    /// Where a request went.
    ///
    /// @param connection the one that is to send it; empty when it waits
    /// @param opens whether a connection was ordered for it
    /// @param isRefused whether the queue was full
    record Place(Optional<NioConnection> connection, boolean opens, boolean isRefused) {}

    synchronized Place place(Job job) {
        var chosen = Optional.ofNullable(free.pollFirst());
        if (chosen.isPresent()) {
            return new Place(chosen, false, false);
        }
        if (queue.size() >= Limits.MOST_WAITING) {
            return new Place(Optional.empty(), false, true);
        }
        if (job.again()) {
            queue.addFirst(job);
        } else {
            queue.addLast(job);
        }
        return new Place(Optional.empty(), order(), false);
    }

    private boolean order() {
        if (size >= most || coming >= queue.size()) {
            return false;
        }
        size++;
        coming++;
        orders++;
        highest = Math.max(highest, size);
        return true;
    }

    synchronized int takeOrders() {
        var taken = orders;
        orders = 0;
        return taken;
    }

    /// A connection that was ordered could not be opened; gives the request that fails for it.
    synchronized Optional<Job> closed() {
        size--;
        coming--;
        var unlucky = Optional.ofNullable(queue.pollFirst());
        order();
        return unlucky;
    }

    /// A connection is new or done: gives the request it is to send next, or keeps it.
    ///
    /// @param own what its client sends next when nothing waits
    synchronized Optional<Job> release(NioConnection connection, Optional<Job> own) {
        if (members.add(connection)) {
            coming--;
        }
        var next = Optional.ofNullable(queue.pollFirst());
        if (next.isPresent()) {
            own.ifPresent(queue::addLast);
            return next;
        }
        if (own.isEmpty()) {
            free.addLast(connection);
        }
        return own;
    }

    /// A connection is of no more use; orders another one when requests wait.
    synchronized void remove(NioConnection connection) {
        if (members.remove(connection)) {
            size--;
            free.remove(connection);
        }
        order();
    }

    /// Takes the requests out that were due before.
    synchronized List<Job> expired(long moment) {
        var late = new ArrayList<Job>();
        while (!queue.isEmpty() && queue.peekFirst().due() < moment) {
            late.add(queue.removeFirst());
        }
        return late;
    }

    /// Drops what waits; gives the connections that are busy, which the caller closes.
    synchronized List<NioConnection> forget() {
        queue.clear();
        var busy = members.stream().filter(connection -> !free.contains(connection)).toList();
        busy.forEach(members::remove);
        size -= busy.size();
        return busy;
    }

    synchronized int size() {
        return size;
    }

    synchronized int most() {
        return highest;
    }

    synchronized int waiting() {
        return queue.size();
    }
}
