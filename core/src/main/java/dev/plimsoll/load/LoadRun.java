package dev.plimsoll.load;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One call of `plimsoll stress`: every profile, every search for the cliff, and what happened inside.
///
/// @param version Plimsoll's own
/// @param stack the Compose project's name; empty for a bare URL
/// @param started moment zero of every time axis
public record LoadRun(String version, Target target, Optional<String> stack, Instant started, Generator generator,
        List<ProfileRun> profiles, List<Cliff> cliffs, Inside inside) {
    public LoadRun {
        profiles = List.copyOf(profiles);
        cliffs = List.copyOf(cliffs);
    }

    /// What the load went to.
    ///
    /// @param url scheme, host and port, with the path when there is one request
    public record Target(String url, List<RequestLine> requests) {
        public Target {
            requests = List.copyOf(requests);
        }
    }

    /// @param weight its share of the traffic is its weight over the sum of all
    public record RequestLine(String name, String method, String path, int weight) {}

    /// What sent the load.
    ///
    /// @param engine `nio` or `blocking`
    /// @param connections the most that were open at once
    /// @param cpuSeconds CPU time of the whole program during the run
    /// @param peakBytes its peak memory; empty where the system does not tell
    public record Generator(String engine, int processors, int connections, double cpuSeconds,
            Optional<Long> peakBytes) {}

    public Optional<ProfileRun> profile(String name) {
        return profiles.stream().filter(run -> run.profile().name().equals(name)).findFirst();
    }

    public Optional<Cliff> cliff(Cliff.Axis axis) {
        return cliffs.stream().filter(cliff -> cliff.axis() == axis).findFirst();
    }

    /// What of [Inside#losses] fails the run: a search for the cliff goes to where things break, so then nothing does.
    public List<String> failingLosses() {
        return cliffs.isEmpty() ? inside.losses() : List.of();
    }

    /// Whether every profile kept its objectives, and the stack lost nothing meanwhile. A cliff is a finding, not a
    /// failure, unless nothing held or the generator was the limit.
    @JsonProperty(value = "passed", access = JsonProperty.Access.READ_ONLY)
    public boolean passed() {
        return profiles.stream().allMatch(ProfileRun::passed) && failingLosses().isEmpty()
                && cliffs.stream().allMatch(Cliff::passed);
    }
}
