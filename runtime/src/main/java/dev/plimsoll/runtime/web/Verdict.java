package dev.plimsoll.runtime.web;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// Whether a client may ask now, and what it should know.
///
/// @param limit requests at once after a rest
/// @param remaining requests it may still make at once
/// @param reset until all of `limit` is there again
/// @param retryAfter until the next request is allowed, zero for one that is allowed
public record Verdict(boolean allowed, int limit, int remaining, Duration reset, Duration retryAfter) {
    /// The header fields of draft-ietf-httpapi-ratelimit-headers-03 (`RateLimit-*`, seconds), which clients know, and
    /// `Retry-After` of RFC 9110, 10.2.3, rounded up so that a client that obeys is not refused again.
    public Map<String, String> headers() {
        var headers = new LinkedHashMap<String, String>();
        headers.put("RateLimit-Limit", String.valueOf(limit));
        headers.put("RateLimit-Remaining", String.valueOf(remaining));
        headers.put("RateLimit-Reset", String.valueOf(seconds(reset)));
        if (!allowed) {
            headers.put("Retry-After", String.valueOf(Math.max(1, seconds(retryAfter))));
        }
        return headers;
    }

    private static long seconds(Duration duration) {
        return duration.plusNanos(999_999_999).toSeconds();
    }
}
