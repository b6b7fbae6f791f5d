package dev.plimsoll.runtime.worker;

import java.time.Duration;
import java.util.List;

/// How a command without a queue is supervised.
///
/// @param command program first
/// @param ceiling of the command with all it starts; at it, all of it is killed and started again
/// @param soft above this for [#patience] it is asked to end (SIGTERM) and started again
/// @param process ceiling of each single process, which alone is killed; a pool that forks replaces it by itself
/// @param drain how long it may take to end when asked
/// @param patience how long a peak may last
/// @param backoff before a start that follows a failure, doubled up to [#longest]
public record SupervisorSettings(List<String> command, Memory ceiling, Memory soft, Memory process, Duration drain,
        Duration patience, Duration backoff, Duration longest) {
    public SupervisorSettings {
        command = List.copyOf(command);
        if (command.isEmpty()) {
            throw new IllegalArgumentException("there is no command to supervise");
        }
        if (!ceiling.isMoreThan(soft)) {
            throw new IllegalArgumentException("the soft limit " + soft + " must be below the ceiling " + ceiling);
        }
    }

    /// Asked to end above 85 % for 5 seconds, given a minute for that, and started again after 1 to 30 seconds. All of
    /// these are assumptions.
    public static SupervisorSettings of(Memory ceiling, List<String> command) {
        return new SupervisorSettings(command, ceiling, ceiling.percent(85), ceiling, Duration.ofSeconds(60), Duration
                .ofSeconds(5), Duration.ofSeconds(1), Duration.ofSeconds(30));
    }

    public SupervisorSettings withSoft(Memory value) {
        return new SupervisorSettings(command, ceiling, value, process, drain, patience, backoff, longest);
    }

    public SupervisorSettings withProcess(Memory value) {
        return new SupervisorSettings(command, ceiling, soft, value, drain, patience, backoff, longest);
    }

    public SupervisorSettings withDrain(Duration value) {
        return new SupervisorSettings(command, ceiling, soft, process, value, patience, backoff, longest);
    }

    public SupervisorSettings withPatience(Duration value) {
        return new SupervisorSettings(command, ceiling, soft, process, drain, value, backoff, longest);
    }

    public SupervisorSettings withBackoff(Duration value) {
        return new SupervisorSettings(command, ceiling, soft, process, drain, patience, value, longest);
    }
}
