package dev.plimsoll.verify;

import dev.plimsoll.lock.Expected;
import dev.plimsoll.lock.LockedService;
import dev.plimsoll.observe.Observation;
import dev.plimsoll.verify.Look.Seen;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Services with data that have one container and no replica.
///
/// The probability is failures / (failures + days up): restarts that the engine counted and kills for want of memory,
/// against the time since the last start. One failure and a day without another give 0.5. The impact is the share of
/// services that are gone with it: itself and those that need it, directly or through others.
final class SinglePoints {
    private static final double DAY = 86_400;
    private static final String WHAT = "its only container stays up";

    private SinglePoints() {}

    static Stream<Check> of(Look look) {
        var single = look.lock().services().stream().filter(service -> isSingle(look, service)).toList();
        return single.isEmpty()
                ? Stream.of(Check.passed("", "nothing depends on one container alone", "every service with data has a "
                        + "second container or a replica, on this one server"))
                : single.stream().map(service -> look.running(service.name()).findFirst().map(seen -> check(look,
                        seen)).orElseGet(() -> Check.notRun(service.name(), WHAT, "no container runs")));
    }

    private static boolean isSingle(Look look, LockedService service) {
        return service.role().isStateful() && service.replicas() == 1 && look.running(service.name()).allMatch(
                seen -> seen.number("postgres.replication.replicas").orElse(seen.number(
                        "redis.info.connected_slaves").orElse(0.0)) == 0);
    }

    private static Check check(Look look, Seen seen) {
        var restarts = seen.number("container.restarts");
        var services = look.lock().services();
        if (restarts.isEmpty() || seen.age() <= 0) {
            return Check.notRun(seen.service(), WHAT, "its restarts or its age could not be read");
        }
        if (services.stream().allMatch(service -> service.expected().isEmpty())) {
            return Check.notRun(seen.service(), WHAT, "who needs it is not known: the Compose files could not be read");
        }
        var kills = seen.number("memory.oom_kills").orElse(0.0);
        var failures = restarts.get() + kills;
        var days = seen.age() / DAY;
        var needing = needing(services, seen.service()).size();
        return Risks.natural(seen.service(), WHAT, failures / (failures + days), (1.0 + needing) / services.size(),
                "%.0f restarts, %.0f kills, up for %.1f days; %d of %d other services need it".formatted(restarts.get(),
                        kills, days, needing, services.size() - 1),
                "Read in its log why it ended; only a replica on a second server outlasts this one", Stream.of(
                        "container.restarts", "memory.oom_kills", "container.age").flatMap(
                                what -> seen.fact(what)
                                        .stream())
                        .toArray(Observation[]::new));
    }

    private static Set<String> needing(List<LockedService> services, String name) {
        var found = new LinkedHashSet<String>();
        var gone = new LinkedHashSet<>(Set.of(name));
        for (var before = 0; before < gone.size();) {
            before = gone.size();
            services.stream().filter(service -> service.expected().map(Expected::dependencies).orElse(List.of())
                    .stream().anyMatch(gone::contains)).map(LockedService::name).forEach(found::add);
            gone.addAll(found);
        }
        found.remove(name);
        return found;
    }
}
