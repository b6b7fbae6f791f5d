package dev.plimsoll.verify;

import dev.plimsoll.lock.Expected;
import dev.plimsoll.lock.LockedService;
import dev.plimsoll.observe.Observation;
import dev.plimsoll.verify.Look.Seen;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// How a container is run against the Compose files: its options, what it may do, what it reaches of the host, its
/// variables.
final class HowItRuns {
    private static final String OPTION = "container.option.";
    private static final String GRANT = "container.grant.";
    private static final String MOUNT = "container.mount.";
    private static final String VARIABLE = "container.variable.";
    private static final String SAME = "as given";
    private static final String RECREATE = "Start the rendered stack again";
    /// Of the host, by which a container has all of it.
    private static final Pattern POWERFUL = Pattern.compile("bind:(?:/|.*/(?:docker|containerd|podman)\\.sock|"
            + "/(?:etc|proc|sys|dev|boot|root|home|run|var|var/run|var/lib|var/lib/docker|usr|bin|sbin)/?)");
    /// Where Compose puts secrets and configs.
    private static final Pattern GIVEN = Pattern.compile("/run/secrets/.*");

    private HowItRuns() {}

    static Stream<Check> of(LockedService service, Expected expected, Seen seen) {
        return Stream.of(options(expected, seen), grants(expected, seen).stream(), mounts(expected, seen), variables(
                service, seen)).flatMap(checks -> checks);
    }

    private static Stream<Check> options(Expected expected, Seen seen) {
        return expected.traits().options().entrySet().stream().flatMap(entry -> seen.fact(OPTION + entry.getKey())
                .stream().map(fact -> {
                    var what = "has its " + entry.getKey();
                    return fact.value().equals(entry.getValue())
                            ? Check.passed(seen.service(), what, seen.prefix() + fact.value(), fact)
                            : Check.failed(seen.service(), what, seen.prefix() + (fact.value().isEmpty()
                                    ? "none"
                                    : fact.value()) + " instead of " + entry.getValue(), RECREATE, fact);
                }));
    }

    /// What it may do although the files do not say so.
    private static Optional<Check> grants(Expected expected, Seen seen) {
        var what = "may do no more than the Compose files say";
        if (seen.all(OPTION).findAny().isEmpty()) {
            return Optional.empty();
        }
        var more = seen.all(GRANT).filter(fact -> !expected.traits().grants().contains(fact.what().substring(GRANT
                .length()))).filter(fact -> !fact.what().matches(".*security option (?:no-new-privileges|label=).*"))
                .toList();
        return Optional.of(more.isEmpty()
                ? Check.passed(seen.service(), what, seen.prefix() + (seen.all(GRANT).findAny().isEmpty()
                        ? "nothing beyond a plain container"
                        : "as planned"))
                : Check.failed(seen.service(), what, seen.prefix() + String.join(", ", more.stream().map(fact -> fact
                        .what().substring(GRANT.length())).toList()), "Whoever breaks into it may take the server. "
                                + RECREATE,
                        more.toArray(Observation[]::new)));
    }

    private static Stream<Check> mounts(Expected expected, Seen seen) {
        var planned = expected.mounts().stream().map(Expected.Mounted::target).toList();
        var further = seen.all(MOUNT).filter(fact -> fact.value().startsWith("bind:")).filter(fact -> !planned.contains(
                target(fact)) && !GIVEN.matcher(target(fact)).matches()).filter(fact -> POWERFUL.matcher(fact.value())
                        .matches())
                .map(fact -> Check.failed(seen.service(), "reaches no more of the host than the "
                        + "Compose files say",
                        seen.prefix() + fact.value().substring("bind:".length()) + " at "
                                + target(fact),
                        "Whoever breaks into it has the server. " + RECREATE, fact));
        var writable = expected.mounts().stream().filter(Expected.Mounted::readOnly).flatMap(mount -> seen.fact(
                "container.writable." + mount.target()).stream()).map(fact -> Check.failed(seen.service(), "mounts "
                        + fact.what().substring("container.writable.".length()) + " read-only",
                        seen.prefix()
                                + "it may be written to",
                        RECREATE, fact));
        return Stream.concat(further, writable);
    }

    private static String target(Observation mount) {
        return mount.what().substring(MOUNT.length());
    }

    /// Planned ones fail; others may come from another shell.
    private static Stream<Check> variables(LockedService service, Seen seen) {
        var other = seen.all(VARIABLE).filter(fact -> !fact.value().equals(SAME)).toList();
        var planned = other.stream().filter(fact -> service.setting(name(fact)).isPresent()).toList();
        var rest = other.stream().filter(fact -> !planned.contains(fact)).toList();
        return Stream.concat(planned.stream().map(fact -> Check.failed(seen.service(), name(fact) + " is as planned",
                seen.prefix() + (fact.value().equals("other") ? "it has another value" : "it is not set"), RECREATE,
                fact)), rest.isEmpty()
                        ? Stream.<Check>empty()
                        : Stream.of(Check.advice(seen.service(), "has its variables as the Compose files give them",
                                seen.prefix() + names(rest) + (rest.size() == 1 ? " differs" : " differ"),
                                "Files or the shell's variables have changed since it was started: start it again, or "
                                        + "look at who did",
                                rest.toArray(Observation[]::new))));
    }

    private static String names(List<Observation> facts) {
        return String.join(", ", facts.stream().map(HowItRuns::name).toList());
    }

    private static String name(Observation fact) {
        return fact.what().substring(VARIABLE.length());
    }
}
