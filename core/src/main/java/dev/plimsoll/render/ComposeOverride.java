package dev.plimsoll.render;

import dev.plimsoll.plan.Plan;
import dev.plimsoll.yaml.YamlWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The second Compose file, laid over the user's own.
final class ComposeOverride {
    static final String FILE_NAME = "compose.plimsoll.yml";
    /// Docker Compose that knows `!override` and `!reset`, which replace instead of merging.
    static final String LEAST_COMPOSE = "2.24.4";

    private ComposeOverride() {}

    /// @param patches of all services; those that run in the order of the user's files, then the others
    static RenderedFile file(Plan plan, List<Patch> patches, String command) {
        var services = new LinkedHashMap<String, Object>();
        plan.inventory().stack().everyService().forEach(service -> {
            var own = patches.stream().filter(patch -> patch.service().equals(service.name())).toList();
            if (!own.isEmpty()) {
                services.put(service.name(), PatchTree.of(own));
            }
        });
        return RenderedFile.of(FILE_NAME, header(plan, command) + YamlWriter.document(Map.of("services", services)));
    }

    private static String header(Plan plan, String command) {
        var host = plan.inventory().host();
        return """
                # Laid over the stack's own Compose files; needs Docker Compose %s or later.
                #
                #   %s
                #
                # Planned for %s and %s CPUs: the limits add up to %s, below the load line of %s.
                # Written by `plimsoll render`. The reasons of all numbers stand in plimsoll.lock.yml; of what recurs, here:
                #
                #   limits.memory        at least the worst case with the rendered settings
                #   reservations.memory  what the service is expected to use
                #   memswap_limit        memory and swap together: no swap, which would only hide a shortage
                #   limits.pids          stops a fork bomb; threads count too
                #   cpu_shares           the weight when all services want the CPUs at once, in thousandths of a core
                #   stop_grace_period    the engine's own 10 s are too short to write data out or to finish a job
                #   oom_score_adj        the higher, the earlier it ends when the whole server is out of memory
                #   logging              30 MB of logs at most for each container
                #   ports                other machines do not reach those at 127.0.0.1
                """
                .formatted(LEAST_COMPOSE, command, host.memory(), host.cpus(), plan.total(), plan.loadLine());
    }
}
