package dev.plimsoll.load;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;

/// What one profile gave.
///
/// @param startedAt seconds since the whole run's start
/// @param counts of the measured phase; from the start when the load was stopped before 5 s of it
/// @param measuredSeconds that the counts are of
/// @param latencyMicros of the same requests, from when they were due
/// @param serviceMicros the same from when they were written: what a tool sees that waits for the server
/// @param curve of the same requests
/// @param seconds all phases
/// @param requests by the requests' names
/// @param stopped why it ended early; empty when it ran to its end
public record ProfileRun(Profile profile, double startedAt, double measuredSeconds, Counts counts,
        Latency latencyMicros, Latency serviceMicros, List<Latency.Point> curve, List<Second> seconds,
        List<OneRequest> requests, List<Objective.Judged> verdicts, Validity validity, Optional<String> stopped) {
    public ProfileRun {
        curve = List.copyOf(curve);
        seconds = List.copyOf(seconds);
        requests = List.copyOf(requests);
        verdicts = List.copyOf(verdicts);
    }

    /// One of several weighted requests, in the same time.
    public record OneRequest(String name, Counts counts, Latency latencyMicros) {}

    /// Answers per second in the same time.
    public double throughput() {
        return measuredSeconds == 0 ? 0 : counts.completed() / measuredSeconds;
    }

    /// Whether something was measured, every objective was kept, and the measurement counts.
    @JsonProperty(value = "passed", access = JsonProperty.Access.READ_ONLY)
    public boolean passed() {
        return counts.ended() > 0 && stopped.isEmpty() && validity.holds()
                && verdicts.stream().noneMatch(one -> one.verdict() == Objective.Verdict.FAILED);
    }
}
