package dev.plimsoll.runtime.web;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;

/// Asks all parts of a service at once, each for a bounded time, so that one that hangs is reported instead of hanging
/// the report. Keep one for as long as the service runs: a part is not asked again while it hangs, and is
/// [Health.State#DOWN] until its last question ended, so give questions to others' programs a timeout of their own.
public final class HealthChecks {
    private final Map<String, Inquiry> inquiries = new LinkedHashMap<>();

    /// @param limit for all checks together
    /// @param checks each with a name of its own
    public HealthChecks(Duration limit, List<Check> checks) {
        for (var check : checks) {
            if (inquiries.put(check.name(), new Inquiry(check, limit.toNanos())) != null) {
                throw new IllegalArgumentException("two checks have the name `" + check.name() + "`");
            }
        }
    }

    /// A question to one part.
    ///
    /// @param answer the state with a detail; a thrown exception means [Health.State#DOWN]
    public record Check(String name, Health.Need need, Callable<Answer> answer) {}

    public record Answer(Health.State state, String detail) {
        public Answer {
            Objects.requireNonNull(state, "state");
        }
    }

    public Health ask() throws InterruptedException {
        var asked = new LinkedHashMap<String, Inquiry.Question>();
        inquiries.forEach((name, inquiry) -> asked.put(name, inquiry.begin()));
        Map<String, Health.Part> parts = new LinkedHashMap<>();
        for (var entry : asked.entrySet()) {
            parts.put(entry.getKey(), entry.getValue().await());
        }
        return Health.of(parts);
    }
}
