package dev.plimsoll.render;

import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.source.Located;
import dev.plimsoll.stack.Mount;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The pg_hba.conf of one service: its own containers, the neighbours on its networks, nobody else.
///
/// @param content empty when the user's own file stays in force
record PostgresAccess(Optional<String> content, List<String> notes) {
    private static final Set<String> METHODS = Set.of("scram-sha-256", "md5", "password", "trust");
    /// The last major whose official image asked for md5.
    private static final int LAST_WITH_MD5 = 13;

    static PostgresAccess of(Recognised service, PostgresImage image) {
        var data = image.dataDirectory() + "/pg_hba.conf";
        var own = service.settings().get("hba_file").map(setting -> setting.where())
                .or(() -> service.service().mounts().stream().filter(mount -> mount.target().equals(data))
                        .map(Mount::where).findFirst());
        if (own.isPresent()) {
            return new PostgresAccess(Optional.empty(), List.of(service.name() + ": your pg_hba.conf (" + own.get()
                    + ") stays in force; check that it asks remote clients for scram-sha-256."));
        }
        var asked = service.service().variable("POSTGRES_HOST_AUTH_METHOD").map(Located::value);
        var method = asked.orElse(image.major() <= LAST_WITH_MD5 ? "md5" : "scram-sha-256");
        if (!METHODS.contains(method)) {
            return new PostgresAccess(Optional.empty(),
                    List.of(service.name() + ": POSTGRES_HOST_AUTH_METHOD `" + method
                            + "` needs a pg_hba.conf of its own, so the one in the volume stays in force."));
        }
        var notes = method.equals("trust")
                ? List.of(service.name() + ": POSTGRES_HOST_AUTH_METHOD=trust lets every neighbour in without a "
                        + "password; give the clients one, remove the variable and render again.")
                : List.<String>of();
        return new PostgresAccess(Optional.of(text(service, method)), notes);
    }

    private static String text(Recognised service, String method) {
        var shared = service.service().mounts().stream()
                .anyMatch(mount -> mount.target().matches("(/var)?/run/postgresql/?"));
        var local = shared ? method : "trust";
        var file = new ConfText();
        file.remark("Who may connect to " + service.name() + ". The first line that matches decides.\n"
                + "Written by plimsoll render.");
        file.topic("Through the socket");
        file.line(row("local", "all", "all", "", local), shared
                ? "the socket's directory is a mount, so that others may reach it"
                : "only who may run commands in the container gets here: health checks, backups, the init scripts");
        file.line(row("local", "replication", "all", "", local), "");
        file.topic("From the same networks");
        file.line(row("host", "all", "all", "127.0.0.1/32", method), reason(method));
        file.line(row("host", "all", "all", "::1/128", method), "");
        file.line(row("host", "all", "all", "samenet", method), "");
        file.line(row("host", "replication", "all", "samenet", method), "");
        file.topic("Everybody else");
        if (isPublishedOnPurpose(service)) {
            file.line(row("host", "all", "all", "all", method),
                    "the Compose file publishes it on an address of its own");
        } else {
            file.line(row("host", "all", "all", "all", "reject"), "a port published to the world reaches nobody");
        }
        file.line(row("host", "replication", "all", "all", "reject"), "");
        return file.toString();
    }

    /// On one address of the host, as of a private network or VPN, which rendering leaves open.
    private static boolean isPublishedOnPurpose(Recognised service) {
        return service.service().ports().stream()
                .anyMatch(port -> !port.isLoopbackOnly() && !ServicePorts.isOpen(port));
    }

    private static String reason(String method) {
        return switch (method) {
            case "md5" -> "md5 takes passwords stored as scram-sha-256 too, and those stored before";
            case "trust" -> "POSTGRES_HOST_AUTH_METHOD asks for no password";
            default -> "POSTGRES_HOST_AUTH_METHOD, or the official image's own choice for this version";
        };
    }

    private static String row(String type, String database, String user, String address, String method) {
        return "%-7s %-12s %-5s %-14s %s".formatted(type, database, user, address, method);
    }
}
