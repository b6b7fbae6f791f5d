package dev.plimsoll.load;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/// What became of the requests that were due in some time.
///
/// @param planned due by the load's plan
/// @param sent written to a connection
/// @param completed answered in whole, with whatever status
/// @param redirected answered by a redirect that nobody named as expected; no failure, but not the page either
/// @param errors those that failed, by kind; kinds that did not happen are left out
/// @param bytes read from the server, headers included
public record Counts(long planned, long sent, long completed, long redirected, Map<Failure, Long> errors,
        long bytes) {
    public static final Counts NONE = new Counts(0, 0, 0, Map.of(), 0);

    /// Why a request failed.
    public enum Failure {
        /// No connection could be opened.
        CONNECT,
        /// No whole answer in time.
        TIMEOUT,
        /// The connection ended before the answer did.
        BROKEN,
        /// The answer was no HTTP/1.1.
        PROTOCOL,
        /// A status that was not expected.
        STATUS,
        /// A value to extract was not in the answer.
        CONTENT,
        /// Too many were waiting already for a connection.
        QUEUE_FULL
    }

    public Counts {
        var sorted = new EnumMap<Failure, Long>(Failure.class);
        errors.forEach((kind, count) -> {
            if (count != 0) {
                sorted.put(kind, count);
            }
        });
        errors = Collections.unmodifiableMap(sorted);
    }

    public Counts(long planned, long sent, long completed, Map<Failure, Long> errors, long bytes) {
        this(planned, sent, completed, 0, errors, bytes);
    }

    public long failed() {
        return errors.values().stream().mapToLong(Long::longValue).sum();
    }

    public long failed(Failure kind) {
        return errors.getOrDefault(kind, 0L);
    }

    /// Answered or given up.
    public long ended() {
        return completed + failed() - failed(Failure.STATUS) - failed(Failure.CONTENT);
    }

    /// Share of failures among what ended; 0 when nothing did.
    public double errorRate() {
        return ended() == 0 ? 0 : (double) failed() / ended();
    }

    public Counts plus(Counts more) {
        var sum = new EnumMap<Failure, Long>(Failure.class);
        errors.forEach((kind, count) -> sum.merge(kind, count, Long::sum));
        more.errors.forEach((kind, count) -> sum.merge(kind, count, Long::sum));
        return new Counts(planned + more.planned, sent + more.sent, completed + more.completed, redirected
                + more.redirected, sum,
                bytes
                        + more.bytes);
    }
}
