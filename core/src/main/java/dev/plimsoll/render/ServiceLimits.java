package dev.plimsoll.render;

import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.kinds.Role;
import dev.plimsoll.kinds.Sizing;
import dev.plimsoll.plan.ServicePlan;
import dev.plimsoll.stack.Service;
import dev.plimsoll.units.MemoryDialect;
import dev.plimsoll.units.MemorySize;
import dev.plimsoll.units.Millicores;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Memory, CPU and process limits of every container, in the form the user writes them: `mem_limit` or `deploy`.
final class ServiceLimits implements Renderer {
    /// Left to databases while every background job computes at once.
    private static final Millicores RESERVED_CORE = new Millicores(500);
    private static final Millicores ONE_CORE = Millicores.ofCores(1);
    private static final Millicores EXPORTER_CORE = new Millicores(250);
    /// Background processes of a Postgres server and one helper for each health check, with room to spare.
    private static final int POSTGRES_PROCESSES = 60;
    /// What a server has that nobody configured.
    private static final int BUILT_IN_CONNECTIONS = 100;

    @Override
    public Part render(Task task, Secrets secrets) {
        var patches = new ArrayList<Patch>();
        for (var planned : task.plan().services()) {
            var service = task.recognised(planned);
            patches.addAll(memory(planned, service.service()));
            patches.addAll(processor(planned, service, task.plan().inventory().host().cpus()));
            patches.addAll(counts(planned, service));
        }
        var notes = new ArrayList<String>();
        for (var name : task.plan().leftOut()) {
            patches.add(replicas(task.plan().inventory().named(name).orElseThrow().service(), 0,
                    "has no place on this server"));
            notes.add(name + " has no place on this server and is not started; see `plimsoll plan`.");
        }
        return new Part(List.of(), patches, java.util.Map.of(), notes);
    }

    private static List<Patch> memory(ServicePlan planned, Service service) {
        var limit = planned.limit();
        var reservation = planned.reservation().roundedUpTo(MemorySize.ofMegabytes(1)).min(limit);
        var patches = new ArrayList<Patch>();
        patches.addAll(limited(service, "mem_limit", "memory", text(limit), planned.ceiling()
                .map(amount -> "worst case " + amount.total()).orElse("")));
        if (isShort(service) || service.text("mem_reservation").isPresent()) {
            patches.add(Patch.set(service.name(), List.of("mem_reservation"), text(reservation), ""));
        }
        if (!isShort(service)) {
            patches.add(Patch.set(service.name(), List.of("deploy", "resources", "reservations", "memory"),
                    text(reservation), ""));
        }
        patches.add(Patch.set(service.name(), List.of("memswap_limit"), text(limit), ""));
        planned.choice("shm_size").map(Sizing.Choice::value).flatMap(MemoryDialect.POSTGRES::parse)
                .ifPresent(size -> patches.add(Patch.set(service.name(), List.of("shm_size"), text(size),
                        "parallel hash joins live in /dev/shm; counted in the limit")));
        return patches;
    }

    /// One limit in the form the service uses, and in the other one too where the user wrote that: Compose refuses two
    /// values that differ, and the short form beside `deploy` limits that lack it.
    private static List<Patch> limited(Service service, String shortForm, String inDeploy, Object value,
            String reason) {
        var patches = new ArrayList<Patch>();
        if (isShort(service) || service.text(shortForm).isPresent()) {
            patches.add(Patch.set(service.name(), List.of(shortForm), value, reason));
        }
        if (!isShort(service)) {
            patches.add(Patch.set(service.name(), List.of("deploy", "resources", "limits", inDeploy), value, reason));
        }
        return patches;
    }

    private static boolean isShort(Service service) {
        return service.mapping("deploy", "resources", "limits").isEmpty() && Stream.of("mem_limit", "mem_reservation",
                "pids_limit", "cpus").anyMatch(key -> service.text(key).isPresent());
    }

    private static List<Patch> processor(ServicePlan planned, Recognised service, Millicores host) {
        var most = most(service.role(), host);
        var own = service.service().cpuLimit().map(limit -> limit.value()).filter(limit -> limit.compareTo(most) <= 0);
        var patches = new ArrayList<>(limited(service.service(), "cpus", "cpus", own.orElse(most).toString(),
                own.isPresent() ? "" : reason(service.role())));
        if (service.service().text("cpu_shares").isEmpty()) {
            patches.add(Patch.set(planned.service(), List.of("cpu_shares"), Math.max(2, planned.cpuShare().value()),
                    ""));
        }
        return patches;
    }

    /// The CPUs that services of a role may use while the others are idle.
    static Millicores most(Role role, Millicores host) {
        return switch (role) {
            case DATABASE, CACHE, BROKER, SEARCH, STORAGE, POOLER, PROXY, APP -> host;
            case WORKER -> new Millicores(Math.max(host.value() - RESERVED_CORE.value(), host.value() / 2));
            case MONITORING, TOOL -> ONE_CORE.compareTo(host) < 0 ? ONE_CORE : host;
            case EXPORTER -> EXPORTER_CORE.compareTo(host) < 0 ? EXPORTER_CORE : host;
        };
    }

    private static String reason(Role role) {
        return switch (role) {
            case DATABASE, CACHE, BROKER, SEARCH, STORAGE, POOLER, PROXY, APP -> "all of the server while others are "
                    + "idle";
            case WORKER -> "leaves " + RESERVED_CORE + " to databases while jobs run";
            case MONITORING -> "enough to replay a log after a start";
            case TOOL -> "nobody waits for it for long";
            case EXPORTER -> "a scrape takes milliseconds";
        };
    }

    private static List<Patch> counts(ServicePlan planned, Recognised service) {
        var patches = new ArrayList<Patch>();
        if (service.service().pidsLimit().isEmpty()) {
            patches.addAll(limited(service.service(), "pids_limit", "pids", processes(planned, service.role()), ""));
        }
        if (planned.replicas() != planned.declaredReplicas()) {
            patches.add(replicas(service.service(), planned.replicas(), "lowered from " + planned.declaredReplicas()
                    + " to fit"));
        }
        return patches;
    }

    private static Patch replicas(Service service, int count, String reason) {
        return Patch.set(service.name(), service.text("scale").isPresent()
                ? List.of("scale")
                : List.of("deploy", "replicas"), count, reason);
    }

    /// Far above what the service starts and far below what hurts the server, whose own bound is usually 32,768. Of a
    /// Postgres the connections count that it has where the plan's are not in force.
    private static int processes(ServicePlan planned, Role role) {
        return switch (role) {
            case EXPORTER -> 100;
            case CACHE, POOLER, PROXY -> 256;
            case DATABASE -> planned.kind().equals("postgres")
                    ? roundedUp(Math.max(BUILT_IN_CONNECTIONS, planned.lever().map(Sizing.Lever::declared).orElse(0))
                            + POSTGRES_PROCESSES)
                    : 4096;
            case BROKER -> planned.kind().equals("redis") ? 256 : 4096;
            case SEARCH, STORAGE -> 4096;
            case APP, WORKER, MONITORING, TOOL -> 1024;
        };
    }

    private static int roundedUp(int count) {
        return (count + 99) / 100 * 100;
    }

    /// As Compose reads it.
    static String text(MemorySize size) {
        return size.equals(MemorySize.ofMegabytes(size.megabytes()))
                ? size.megabytes() + "m"
                : size.kilobytes() + "k";
    }
}
