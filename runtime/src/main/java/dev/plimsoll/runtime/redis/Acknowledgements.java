package dev.plimsoll.runtime.redis;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// What other processes said about invalidations of this one.
final class Acknowledgements {
    private static final String LEASE = "~";

    private final ConcurrentMap<String, Waiting> waiting = new ConcurrentHashMap<>();

    /// A new member's name, which tells how long its lease is.
    static String member(Duration lease) {
        return UUID.randomUUID() + LEASE + lease.toMillis();
    }

    /// What is left of a member's lease: by the server's clock, which may have been set back since, and never more than
    /// a whole one.
    ///
    /// @param most of a member whose name does not tell
    static long left(String member, long byClock, long most) {
        var told = member.substring(member.lastIndexOf(LEASE) + 1);
        return Math.min(byClock, told.matches("\\d{1,12}") ? Long.parseLong(told) : most);
    }

    Waiting expect(String invalidation) {
        var expected = new Waiting();
        waiting.put(invalidation, expected);
        return expected;
    }

    void forget(String invalidation) {
        waiting.remove(invalidation);
    }

    void acknowledged(String invalidation, String member) {
        var expected = waiting.get(invalidation);
        if (expected != null) {
            expected.heard(member, true);
        }
    }

    /// A member that keeps nothing any more.
    void left(String member) {
        waiting.values().forEach(expected -> expected.heard(member, false));
    }

    /// One invalidation's answers.
    static final class Waiting {
        private final Set<String> acknowledged = new HashSet<>();
        private final Set<String> heard = new HashSet<>();
        private final CompletableFuture<Void> complete = new CompletableFuture<>();
        private Set<String> members = Set.of();
        private long least = Long.MAX_VALUE;

        private synchronized void heard(String member, boolean acknowledges) {
            heard.add(member);
            if (acknowledges) {
                acknowledged.add(member);
            }
            check();
        }

        /// Waits until all that could return an old value have dropped it or may no longer return it.
        ///
        /// @param told those on record are waited for by name. If more were told than are on record, the record was
        /// lost, and all have to answer
        /// @param lease in ms
        void await(GenerationKeys.Told told, long lease) throws InterruptedException {
            var incomplete = told.receivers() > told.recorded();
            synchronized (this) {
                members = Set.copyOf(told.leases().keySet());
                least = incomplete ? told.receivers() : 0;
                check();
            }
            var longest = incomplete
                    ? lease
                    : told.leases().entrySet().stream().mapToLong(member -> left(member.getKey(), member.getValue(),
                            lease)).max().orElse(0);
            try {
                complete.get(longest, TimeUnit.MILLISECONDS);
            } catch (TimeoutException overdue) {
                // Their leases are over: they return nothing of their own any more.
            } catch (ExecutionException impossible) {
                throw new IllegalStateException(impossible);
            }
        }

        private void check() {
            if (heard.containsAll(members) && acknowledged.size() >= least) {
                complete.complete(null);
            }
        }
    }
}
