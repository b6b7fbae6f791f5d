package dev.plimsoll.verify;

import dev.plimsoll.lock.Expected;
import dev.plimsoll.lock.Lock;
import dev.plimsoll.lock.LockedService;
import dev.plimsoll.lock.LockedSetting;
import dev.plimsoll.observe.Observation;
import dev.plimsoll.stack.Image;
import dev.plimsoll.units.MemoryDialect;
import dev.plimsoll.units.MemorySize;
import dev.plimsoll.verify.Look.Seen;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A container's image, mounts, ports, policies and passwords against the Compose files.
final class ShapeChecks {
    private static final String RECREATE = "Start the rendered stack again";

    private ShapeChecks() {}

    static Stream<Check> of(Lock lock, LockedService service, Seen seen) {
        var expected = service.expected();
        return Stream.of(image(service, seen).stream(), shm(service, seen).stream(), passwords(lock, seen),
                expected.stream().flatMap(found -> mounts(found, seen)),
                expected.stream().flatMap(found -> ports(found, seen)),
                expected.flatMap(found -> restart(found, seen)).stream(),
                expected.flatMap(found -> healthcheck(found, seen)).stream(),
                expected.flatMap(found -> pids(found, seen)).stream(),
                expected.stream().flatMap(found -> HowItRuns.of(service, found, seen)),
                expected.isPresent()
                        ? Stream.<Check>empty()
                        : Stream.of(Check.notRun(service.name(), "mounts and ports are those of the Compose files",
                                "the Compose files could not be read")))
                .flatMap(checks -> checks);
    }

    private static Optional<Check> image(LockedService service, Seen seen) {
        var fact = seen.fact("container.image");
        if (service.image().isEmpty() || fact.isEmpty() || fact.get().value().startsWith("sha256:")) {
            return Optional.empty();
        }
        return Optional.of(isSame(service.image().get(), fact.get().value())
                ? Check.passed(service.name(), "runs its image", seen.prefix() + fact.get().value(), fact.get())
                : Check.failed(service.name(), "runs its image", seen.prefix() + fact.get().value() + " instead of "
                        + service.image().get(), RECREATE, fact.get()));
    }

    private static boolean isSame(String planned, String found) {
        var one = Image.of(planned);
        var other = Image.of(found);
        var sameTag = one.tag().orElse("latest").equals(other.tag().orElse("latest"));
        return one.repository().equals(other.repository())
                && (one.digest().isPresent()
                        ? one.digest().equals(other.digest()) || other.digest().isEmpty()
                                && sameTag
                        : sameTag);
    }

    private static Stream<Check> mounts(Expected expected, Seen seen) {
        return expected.mounts().stream().map(mount -> {
            var what = "mounts " + mount.target();
            var fact = seen.fact("container.mount." + mount.target());
            if (fact.isEmpty()) {
                return Check.failed(seen.service(), what, seen.prefix() + "nothing is mounted there, planned "
                        + mount.source(), RECREATE);
            }
            var found = fact.get().value();
            var source = found.substring(found.indexOf(':') + 1);
            return found.startsWith(mount.type() + ":") && mount.isSource(source)
                    ? Check.passed(seen.service(), what, seen.prefix() + source, fact.get())
                    : Check.failed(seen.service(), what, seen.prefix() + found + " instead of " + mount.source(),
                            "Its data or configuration lies elsewhere. " + RECREATE, fact.get());
        });
    }

    /// Ports that others than this machine reach although the files do not say so.
    private static Stream<Check> ports(Expected expected, Seen seen) {
        var open = seen.all("container.port.").filter(fact -> !isLoopback(fact.value())).filter(fact -> {
            var target = fact.what().substring("container.port.".length());
            return expected.ports().stream().noneMatch(port -> String.valueOf(port.target()).equals(target)
                    && !port.loopback());
        }).toList();
        return Stream.of(open.isEmpty()
                ? Check.passed(seen.service(), "publishes no port beyond the Compose files", seen.prefix()
                        + seen.all("container.port.").count() + " published")
                : Check.failed(seen.service(), "publishes no port beyond the Compose files", seen.prefix() + String
                        .join(", ", open.stream().map(fact -> fact.value() + " to " + fact.what().substring(
                                "container.port.".length())).toList()),
                        "Remove it or bind it to 127.0.0.1: the "
                                + "engine's rules come before the firewall's",
                        open.toArray(Observation[]::new)));
    }

    private static boolean isLoopback(String address) {
        return address.startsWith("127.") || address.startsWith("::1") || address.startsWith("[::1]")
                || address.startsWith("localhost");
    }

    private static Optional<Check> restart(Expected expected, Seen seen) {
        return expected.restart().flatMap(policy -> seen.fact("container.restart_policy").map(fact -> fact.value()
                .replaceFirst(":.*", "").equals(policy)
                        ? Check.passed(seen.service(), "is restarted " + policy, seen.prefix() + policy, fact)
                        : Check.failed(seen.service(), "is restarted " + policy, seen.prefix() + "the policy is "
                                + fact.value(), "Set it back with `docker update --restart " + policy + "`", fact)));
    }

    private static Optional<Check> healthcheck(Expected expected, Seen seen) {
        var what = "has its health check";
        return expected.healthcheck()
                ? seen.fact("container.healthcheck").map(fact -> fact.value().equals("true")
                        ? Check.passed(seen.service(), what, seen.prefix() + "defined", fact)
                        : Check.failed(seen.service(), what, seen.prefix() + "there is none", RECREATE, fact))
                : Optional.empty();
    }

    private static Optional<Check> pids(Expected expected, Seen seen) {
        return expected.pids().flatMap(limit -> seen.fact("container.pids").map(fact -> fact.value().equals(String
                .valueOf(limit))
                        ? Check.passed(seen.service(), "has its limit of processes", seen.prefix() + limit, fact)
                        : Check.failed(seen.service(), "has its limit of processes", seen.prefix() + fact.value()
                                + " instead of " + limit, RECREATE, fact)));
    }

    /// The planned size wins over the one in the files.
    private static Optional<Check> shm(LockedService service, Seen seen) {
        var planned = service.setting("shm_size").map(LockedSetting::value).flatMap(MemoryDialect.COMPOSE::parse)
                .or(() -> service.expected().flatMap(Expected::shm));
        return planned.flatMap(size -> seen.size("container.shm").map(found -> found.equals(size)
                ? Check.passed(service.name(), "has its /dev/shm", seen.prefix() + found, evidence(seen))
                : Check.failed(service.name(), "has its /dev/shm", seen.prefix() + found + " instead of " + size,
                        smaller(found, size) + RECREATE, evidence(seen))));
    }

    private static String smaller(MemorySize found, MemorySize planned) {
        return planned.isLargerThan(found) ? "Parallel queries fail when it is full. " : "It may fill the container. ";
    }

    private static Observation[] evidence(Seen seen) {
        return seen.fact("container.shm").stream().toArray(Observation[]::new);
    }

    private static Stream<Check> passwords(Lock lock, Seen seen) {
        var weak = seen.all("container.weak.").filter(fact -> fact.value().equals("true")).toList();
        if (weak.isEmpty()) {
            return Stream.empty();
        }
        var names = String.join(", ", weak.stream().map(fact -> fact.what().substring("container.weak.".length()))
                .toList());
        var evidence = weak.toArray(Observation[]::new);
        var remedy = "Set a random one in .env, and change it in the server too";
        var declared = lock.service(seen.service()).flatMap(LockedService::expected).map(Expected::weakVariables)
                .orElse(List.of());
        return Stream.of(lock.profile().equals("development") || declared.containsAll(weak.stream()
                .map(fact -> fact.what().substring("container.weak.".length())).toList())
                        ? Check.advice(seen.service(), "is given no well-known password", names, remedy, evidence)
                        : Check.failed(seen.service(), "is given no well-known password", names, remedy, evidence));
    }
}
