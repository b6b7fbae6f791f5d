package dev.plimsoll.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.compose.ComposeLoader;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.source.ProjectFiles;
import dev.plimsoll.stack.Host;
import dev.plimsoll.units.MemorySize;
import dev.plimsoll.units.Millicores;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The cores that services get when all want some.
class CpuSharesTest {
    private static Map<String, Integer> shares(String services, int cores) {
        var stack = ComposeLoader.load(ProjectFiles.of(Map.of("compose.yml", "services:\n" + services.indent(2))),
                ComposeLoader.Request.of("compose.yml"));
        var shares = new LinkedHashMap<String, Integer>();
        Planner.plan(Inventory.of(stack, Host.of(MemorySize.ofGigabytes(8), Millicores.ofCores(cores)))).services()
                .forEach(service -> shares.put(service.service(), service.cpuShare().value()));
        return shares;
    }

    @Test
    void allAreDividedByWhatServicesAreFor() {
        // 4 cores over 3 + 1 + 2 x 3 parts.
        assertThat(shares("""
                db: {image: 'postgres:17'}
                cache: {image: 'redis:8'}
                api: {image: 'node:22', command: node a.js, deploy: {replicas: 2}}
                """, 4)).containsEntry("db", 1200).containsEntry("cache", 400).containsEntry("api", 1200);
    }

    /// The limits hold also when others are idle, so nobody gets more than it may take.
    @Test
    void whatALimitKeepsOneFromTakingGoesToTheOthers() {
        // api stays at 0.5 of 4; of the 3.5 that are left worker would get 1.4 of 5 parts and may take 1.
        assertThat(shares("""
                api: {image: 'node:22', command: node a.js, cpus: 0.5}
                db: {image: 'postgres:17'}
                worker: {image: 'e/w:1', command: celery -A a worker, cpus: 1}
                """, 4)).containsEntry("api", 500).containsEntry("worker", 1000).containsEntry("db", 2500);
    }

    @Test
    void withALimitOnEachTheRestStaysFree() {
        assertThat(shares("api: {image: 'node:22', command: node a.js, cpus: 0.5}", 4)).containsEntry("api", 500);
    }
}
