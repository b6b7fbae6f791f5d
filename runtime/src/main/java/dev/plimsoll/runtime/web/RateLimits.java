package dev.plimsoll.runtime.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/// A token bucket for each client. Buckets are bounded: the client not seen for longest is forgotten first, and one
/// that comes back finds a full bucket, so that many made-up clients cost memory only up to the bound.
///
/// A bucket is one number, the time at which it is full again; a request moves that time on by the refill.
public final class RateLimits {
    /// Characters of a client's name that are kept as they are.
    private static final int LONGEST_NAME = 64;

    private final RateLimit limit;
    private final LongSupplier nanoTime;
    private final Map<String, Long> fullAt;

    /// @param clients remembered at most; one takes about 200 bytes, however long its name is
    public RateLimits(RateLimit limit, int clients) {
        this(limit, clients, System::nanoTime);
    }

    /// @param nanoTime as [System#nanoTime]
    public RateLimits(RateLimit limit, int clients, LongSupplier nanoTime) {
        this.limit = limit;
        this.nanoTime = nanoTime;
        this.fullAt = new Bounded(clients);
    }

    /// Takes a token of the client's bucket if there is one.
    public Verdict ask(String client) {
        var name = client.length() > LONGEST_NAME ? digest(client) : client;
        synchronized (fullAt) {
            var now = nanoTime.getAsLong();
            var refill = limit.refill().toNanos();
            var missing = Math.max(0, fullAt.getOrDefault(name, now) - now);
            var most = refill * (limit.burst() - 1);
            if (missing > most) {
                return new Verdict(false, limit.burst(), 0, Duration.ofNanos(missing), Duration.ofNanos(missing
                        - most));
            }
            var after = missing + refill;
            fullAt.put(name, now + after);
            var remaining = (int) ((refill * limit.burst() - after) / refill);
            return new Verdict(true, limit.burst(), remaining, Duration.ofNanos(after), Duration.ZERO);
        }
    }

    /// Clients remembered.
    public int clients() {
        synchronized (fullAt) {
            return fullAt.size();
        }
    }

    /// Longer than any name that is kept as it is, so that nobody can take another's by spelling it.
    private static String digest(String client) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(client.getBytes(StandardCharsets.UTF_8));
            return "sha256:" + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static final class Bounded extends LinkedHashMap<String, Long> {
        private static final long serialVersionUID = 1;

        private final int most;

        Bounded(int most) {
            super(16, 0.75f, true);
            this.most = most;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > most;
        }
    }
}
