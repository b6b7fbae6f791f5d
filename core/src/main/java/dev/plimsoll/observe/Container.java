package dev.plimsoll.observe;

import dev.plimsoll.lock.LockedService;
import dev.plimsoll.lock.Traits;
import dev.plimsoll.units.MemorySize;
import dev.plimsoll.units.Millicores;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One container, or one native process that stands for it, as the engine describes it.
///
/// @param number among the service's containers, from 1
/// @param id what the runtime knows it by
/// @param state `running`, `exited`, `restarting`, `paused`, `created`, `dead`
/// @param health `healthy`, `unhealthy`, `starting`; empty without a health check
/// @param startedAt empty when it never started
/// @param exitCode of the last end; empty while it runs for the first time
/// @param oomKilled whether the engine says that the main process died of it
/// @param limit the hard memory limit in force; empty for none
/// @param swapLimit memory and swap together; empty when unlimited or unknown
/// @param cpus empty for no limit
/// @param pids empty for no limit
/// @param restartPolicy `no`, `always`, `unless-stopped`, `on-failure`, or empty
/// @param healthcheck whether one is defined
/// @param environment as given to the container
/// @param command entrypoint and arguments
/// @param traits how it is run otherwise; their environment is empty, as it stands here
public record Container(String service, int number, String id, String image, String state, Optional<String> health,
        int restarts, Optional<Instant> startedAt, Optional<Integer> exitCode, boolean oomKilled,
        Optional<MemorySize> limit, Optional<MemorySize> reservation, Optional<MemorySize> swapLimit,
        Optional<Millicores> cpus, Optional<Long> pids, Optional<MemorySize> shm, int oomScoreAdj,
        String restartPolicy, boolean healthcheck, Map<String, String> environment, List<String> command,
        List<MountedAt> mounts, List<PublishedPort> ports, Traits traits) {
    public Container {
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        command = List.copyOf(command);
        mounts = List.copyOf(mounts);
        ports = List.copyOf(ports);
    }

    public Container(String service, int number, String id, String image, String state, Optional<String> health,
            int restarts, Optional<Instant> startedAt, Optional<Integer> exitCode, boolean oomKilled,
            Optional<MemorySize> limit, Optional<MemorySize> reservation, Optional<MemorySize> swapLimit,
            Optional<Millicores> cpus, Optional<Long> pids, Optional<MemorySize> shm, int oomScoreAdj,
            String restartPolicy, boolean healthcheck, Map<String, String> environment, List<String> command,
            List<MountedAt> mounts, List<PublishedPort> ports) {
        this(service, number, id, image, state, health, restarts, startedAt, exitCode, oomKilled, limit, reservation,
                swapLimit, cpus, pids, shm, oomScoreAdj, restartPolicy, healthcheck, environment, command, mounts,
                ports, Traits.NONE);
    }

    /// The same, run in this way.
    public Container running(Traits how) {
        return new Container(service, number, id, image, state, health, restarts, startedAt, exitCode, oomKilled,
                limit, reservation, swapLimit, cpus, pids, shm, oomScoreAdj, restartPolicy, healthcheck, environment,
                command, mounts, ports, how);
    }

    /// @param type `bind`, `volume`, `tmpfs`
    /// @param source name of the volume or path on the server
    /// @param target path in the container
    public record MountedAt(String type, String source, String target, boolean writable) {}

    /// @param hostIp the address on the server
    public record PublishedPort(String hostIp, int published, int target) {}

    public boolean isRunning() {
        return state.equals("running");
    }

    /// Whether it is a job that has done its work: it ended well, keeps no data for others, and is not to be started
    /// again. A server that is told to stop ends well, too.
    ///
    /// @param planned its service
    public boolean isDone(Optional<LockedService> planned) {
        return state.equals("exited") && exitCode.filter(code -> code == 0).isPresent()
                && List.of("", "no", "on-failure").contains(restartPolicy)
                && planned.filter(service -> service.role().isStateful()).isEmpty();
    }
}
