package dev.plimsoll.render;

import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.kinds.Role;
import dev.plimsoll.plan.Plan;
import dev.plimsoll.plan.ServicePlan;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What one service may hold of a database's connections.
///
/// @param processes in all its containers
/// @param wanted connections of one process at a peak
/// @param each connections of one process that fit
record PoolShare(ServicePlan plan, Recognised service, Framework framework, int processes, int wanted, int each) {
    /// The applications that reach one of some services, with shares that fit together; at least one for each process.
    static List<PoolShare> of(Plan plan, List<Recognised> targets, int available) {
        var all = plan.services().stream().flatMap(client -> wish(plan, client, targets)).toList();
        var sum = all.stream().mapToLong(PoolShare::wantedInAll).sum();
        if (sum <= available) {
            return all;
        }
        var shares = new ArrayList<PoolShare>();
        all.forEach(share -> shares.add(new PoolShare(share.plan, share.service, share.framework, share.processes,
                share.wanted, (int) Math.max(1, (long) share.wanted * available / sum))));
        return shares;
    }

    private static Stream<PoolShare> wish(Plan plan, ServicePlan client, List<Recognised> targets) {
        var service = plan.inventory().named(client.service()).orElseThrow();
        var isApplication = service.role() == Role.APP || service.role() == Role.WORKER;
        if (!isApplication || client.replicas() == 0
                || targets.stream().noneMatch(target -> Inventory.mentions(service, target.service()))) {
            return Stream.empty();
        }
        var framework = Framework.of(client, service);
        var wanted = framework.wanted(client, service);
        return Stream.of(new PoolShare(client, service, framework, framework.processes(client) * client.replicas(),
                wanted, wanted));
    }

    long wantedInAll() {
        return (long) processes * wanted;
    }

    long inAll() {
        return (long) processes * each;
    }

    /// Connections kept open.
    int pool() {
        return Math.max(1, each / 3);
    }

    /// Connections opened beyond those at a peak.
    int overflow() {
        return each - pool();
    }
}
