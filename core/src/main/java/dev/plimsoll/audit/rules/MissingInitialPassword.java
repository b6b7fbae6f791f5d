package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.source.Located;
import dev.plimsoll.source.Location;
import dev.plimsoll.source.Problem;
import dev.plimsoll.stack.BuiltImage;
import dev.plimsoll.stack.Image;
import dev.plimsoll.stack.Service;
import dev.plimsoll.yaml.Node;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Without a password the official images stop where they would initialise a volume. What is left to a variable that is
/// not set, or to an env file that is not there, has a rule of its own.
public final class MissingInitialPassword implements Rule {
    private static final Set<String> SERVERS = Set.of("postgres", "mysqld", "mariadbd");
    private static final List<String> POSTGRES = List.of("POSTGRES_PASSWORD", "POSTGRES_PASSWORD_FILE");
    private static final List<String> MYSQL = List.of("MYSQL_ROOT_PASSWORD", "MYSQL_ROOT_PASSWORD_FILE",
            "MYSQL_ALLOW_EMPTY_PASSWORD", "MYSQL_RANDOM_ROOT_PASSWORD");
    private static final List<String> MARIADB = List.of("MARIADB_ROOT_PASSWORD", "MARIADB_ROOT_PASSWORD_FILE",
            "MARIADB_ROOT_PASSWORD_HASH", "MARIADB_ROOT_PASSWORD_HASH_FILE", "MARIADB_ALLOW_EMPTY_ROOT_PASSWORD",
            "MARIADB_RANDOM_ROOT_PASSWORD");

    /// Versions of PostgreSQL whose images were last built before they demanded a password, in February 2020
    /// (docker-library/postgres, pull request 658).
    private static final Pattern OPEN = Pattern.compile("(?:9\\.[0-4]|9\\.5\\.(?:\\d|1\\d|20)|9\\.6\\.(?:\\d|1[0-6])|"
            + "10\\.(?:\\d|1[01])|11\\.[0-6]|12\\.[01])(?:[^0-9.].*)?");

    @Override
    public About about() {
        return new About("REL027", "missing-initial-password", Severity.MEDIUM, Confidence.CERTAIN,
                "A database has no password to start its first time with.",
                "On an empty volume the image's entrypoint stops with an error, and the container restarts for ever. A "
                        + "volume that was initialised before goes on with the password it has.",
                "Set the password, best from .env with ${NAME:?}.",
                "https://github.com/docker-library/docs/blob/master/postgres/README.md");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return inventory.stack().missing().isEmpty()
                ? inventory.ofKind("postgres", "mysql")
                        .flatMap(service -> checked(service, inventory.stack().warnings()).stream())
                : Stream.empty();
    }

    private Optional<Finding> checked(Recognised service, List<Problem> warnings) {
        var names = startsAsTheImageDoes(service.service()) ? names(service) : List.<String>of();
        var values = names.stream().flatMap(name -> service.service().variable(name).stream()).toList();
        if (names.isEmpty() || values.stream().anyMatch(value -> !value.value().isBlank()) || values.stream().anyMatch(
                value -> warnings.stream().anyMatch(warning -> isSameLine(warning.where(), value.where())))
                || names.stream().anyMatch(name -> isLeftToTheShell(service.service(), name))) {
            return Optional.empty();
        }
        return Optional.of(finding(service, values.isEmpty() ? service.service().where() : values.getFirst().where(),
                names.getFirst() + (values.isEmpty() ? " is not set" : " is empty") + ", so " + service.name()
                        + " does not start on an empty volume",
                "Write " + names.getFirst() + ": ${" + names.getFirst()
                        + ":?}, and set it in .env"));
    }

    /// Whether its entrypoint is the image's and gets the server to start: what else runs may set the password, or need
    /// none.
    private static boolean startsAsTheImageDoes(Service service) {
        var first = service.start().stream().findFirst().map(Located::value);
        return service.entrypoint().isEmpty() && service.built().flatMap(BuiltImage::entrypoint).isEmpty()
                && first.filter(word -> !word.startsWith("-") && !SERVERS.contains(word))
                        .isEmpty();
    }

    /// A variable without a value is the shell's.
    private static boolean isLeftToTheShell(Service service, String name) {
        var environment = service.node("environment");
        return environment.flatMap(Node::asSequence)
                .filter(list -> list.items().stream().flatMap(item -> item.asScalar()
                        .stream()).anyMatch(item -> item.text().equals(name)))
                .isPresent()
                || environment.flatMap(Node::asMapping).flatMap(map -> map.get(name)).filter(Node::isNull).isPresent();
    }

    /// The variables of which one must have a value; none for images other than the official ones and those that keep
    /// their entrypoint.
    private static List<String> names(Recognised service) {
        var repository = service.clues().image().map(Image::repository).orElse("").replaceFirst("^.*/library/", "");
        if (service.clues().image().flatMap(Image::tag).filter(tag -> OPEN.matcher(tag).matches()).isPresent()) {
            return List.of();
        }
        return switch (repository) {
            case "postgres", "postgis/postgis", "pgvector/pgvector", "timescale/timescaledb" ->
                service.service().variable("POSTGRES_HOST_AUTH_METHOD").filter(method -> method.value().equals("trust"))
                        .isPresent() ? List.of() : POSTGRES;
            case "mysql" -> MYSQL;
            case "mariadb" -> Stream.concat(MARIADB.stream(), MYSQL.stream()).toList();
            default -> List.of();
        };
    }

    private static boolean isSameLine(Location one, Location other) {
        return one.file().equals(other.file()) && one.line() == other.line();
    }
}
