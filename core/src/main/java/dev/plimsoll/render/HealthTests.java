package dev.plimsoll.render;

import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.stack.Service;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Health tests for images that surely hold the program the test needs, where port and login are known. A test that
/// fails on a healthy service keeps all from starting that wait for it, so in doubt there is none.
final class HealthTests {
    private HealthTests() {}

    static Optional<HealthTest> of(Task task, Recognised service) {
        if (isMadeHere(service.service()) && !isUnchanged(service) || isBare(service)) {
            return Optional.empty();
        }
        return switch (service.kind().id()) {
            case "postgres" -> DatabaseHealth.postgres(service);
            case "pgbouncer" -> DatabaseHealth.pgBouncer(service);
            case "mysql" -> DatabaseHealth.mySql(service);
            case "mongo" -> DatabaseHealth.mongo(service);
            case "redis" -> RedisHealth.of(task, service);
            case "rabbitmq" -> isOfficial(service, "rabbitmq") && hasOwnStart(service)
                    ? Optional.of(HealthTest.ofDear(List.of("CMD", "rabbitmq-diagnostics", "-q", "ping")))
                    : Optional.empty();
            default -> WebHealth.of(service);
        };
    }

    private static boolean isMadeHere(Service service) {
        return service.isBuilt() || service.built().isPresent();
    }

    /// Whether what a Dockerfile makes of a server's image surely answers like that image: nothing is done to it but
    /// copying files that are read here.
    private static boolean isUnchanged(Recognised service) {
        return service.service().built().filter(made -> made.base().isPresent() && made.unseen().isEmpty()).isPresent()
                && service.settings().missing().isEmpty() && service.is("postgres", "redis");
    }

    /// Images without a shell and the usual programs.
    private static boolean isBare(Recognised service) {
        return service.clues().image().filter(image -> Stream.of("distroless", "scratch", "chainguard")
                .anyMatch(image.reference()::contains)).isPresent();
    }

    /// Whether it is one of Docker's own images. Others of the same name hold other programs.
    static boolean isOfficial(Recognised service, String... names) {
        return service.clues().image().filter(image -> Arrays.stream(names).anyMatch(name -> image.repository().equals(
                name) || image.repository().endsWith("/library/" + name))).isPresent();
    }

    /// Whether the image starts as it does by itself.
    static boolean hasOwnStart(Recognised service) {
        return service.clues().invocations().isEmpty() && service.service().start().isEmpty()
                && service.service().entrypoint().isEmpty();
    }

    /// Whether the image's own entrypoint starts one of these programs, with arguments that are all seen.
    static boolean starts(Recognised service, String... programs) {
        return DirectCommand.orArguments(service.service(), programs).isPresent();
    }

    /// The port as written, or the usual one; empty when it is none that is known here.
    static Optional<String> port(Optional<String> written, String usual) {
        return written.isEmpty() ? Optional.of(usual) : written.filter(port -> port.matches("[1-9]\\d*"));
    }

    /// Whether a server that listens on these addresses answers at 127.0.0.1.
    static boolean isLocal(Optional<String> addresses) {
        return addresses.isEmpty() || addresses.get().isBlank() || Arrays.stream(addresses.get().split("[\\s,]+"))
                .anyMatch(address -> List.of("*", "0.0.0.0", "127.0.0.1", "localhost").contains(address));
    }
}
