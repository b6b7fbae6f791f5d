package dev.plimsoll.verify;

import dev.plimsoll.lock.LockedService;
import dev.plimsoll.observe.Observation;
import dev.plimsoll.verify.Look.Planned;
import dev.plimsoll.verify.Look.Seen;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Who may enter a PostgreSQL server, and with which passwords.
final class PostgresAccess {
    /// Images whose own set-up makes further superusers.
    private static final Pattern OWN_SUPERUSERS = Pattern.compile(".*(?:supabase|spilo|timescaledb-ha|cloudnative).*");

    private PostgresAccess() {}

    static Stream<Check> of(Planned server) {
        var checks = new ArrayList<Check>();
        var seen = server.seen();
        if (seen.fact("postgres.read.access").isEmpty()) {
            checks.add(Check.notRun(server.name(), "access needs a password", seen.gap("postgres.access")));
        } else {
            checks.add(access(seen));
        }
        if (seen.fact("postgres.read.role").isEmpty()) {
            checks.add(Check.notRun(server.name(), "has one superuser", seen.gap("postgres.role")));
        } else {
            checks.add(superusers(server));
            checks.add(passwords(seen));
            serverRoles(seen).ifPresent(checks::add);
            given(seen).ifPresent(checks::add);
        }
        return checks.stream();
    }

    /// Rules that let others than this machine in without a password, or with one in clear text.
    private static Check access(Seen seen) {
        var what = "access from other machines needs a password";
        var errors = seen.all("postgres.access_error.").toList();
        if (!errors.isEmpty()) {
            return Check.failed(seen.service(), what, "line " + errors.getFirst().what().replaceFirst(".*\\.", "")
                    + " of pg_hba.conf: " + errors.getFirst().value(), "Correct it: the next reload is refused",
                    errors.toArray(Observation[]::new));
        }
        var open = seen.all("postgres.access.").filter(fact -> isOpen(fact.value())).toList();
        if (open.isEmpty()) {
            return Check.passed(seen.service(), what, seen.all("postgres.access.").count() + " rules");
        }
        var found = String.join("; ", open.stream().map(Observation::value).toList());
        return seen.is("postgres.trusts", "true")
                ? Check.advice(seen.service(), what, found, "POSTGRES_HOST_AUTH_METHOD asks for it: use "
                        + "scram-sha-256", open.toArray(Observation[]::new))
                : Check.failed(seen.service(), what, found, "Put scram-sha-256 in pg_hba.conf and reload",
                        open.toArray(Observation[]::new));
    }

    private static boolean isOpen(String rule) {
        var words = List.of(rule.split(" "));
        return words.size() > 4 && words.getFirst().startsWith("host") && List.of("trust", "password").contains(words
                .getLast()) && !words.get(3).startsWith("127.") && !words.get(3).equals("::1") && !words.get(3).equals(
                        "samehost");
    }

    private static Check superusers(Planned server) {
        var seen = server.seen();
        var owner = seen.text("postgres.owner").orElse("postgres");
        var more = seen.all("postgres.role.").filter(fact -> fact.value().equals("superuser")).filter(fact -> !fact
                .what().equals("postgres.role." + owner)).toList();
        if (more.isEmpty()) {
            return Check.passed(server.name(), "has one superuser", owner);
        }
        var names = String.join(", ", more.stream().map(fact -> fact.what().substring("postgres.role.".length()))
                .toList()) + " besides " + owner;
        return server.service().image().filter(image -> OWN_SUPERUSERS.matcher(image).matches()).isPresent()
                ? Check.advice(server.name(), "has one superuser", names, "Its image makes some of them",
                        more.toArray(Observation[]::new))
                : Check.failed(server.name(), "has one superuser", names, "ALTER ROLE ... NOSUPERUSER",
                        more.toArray(Observation[]::new));
    }

    /// Who may run programs on the server or read its files is a superuser by another name.
    private static Optional<Check> serverRoles(Seen seen) {
        var roles = seen.all("postgres.server_role.").toList();
        return roles.isEmpty()
                ? Optional.empty()
                : Optional.of(Check.failed(
                        seen.service(), "no other role reaches the server's files and programs", String
                                .join(", ",
                                        roles.stream()
                                                .map(fact -> fact.what().substring("postgres.server_role.".length()))
                                                .toList()),
                        "REVOKE pg_execute_server_program, pg_write_server_files, "
                                + "pg_read_server_files FROM it",
                        roles.toArray(Observation[]::new)));
    }

    private static Check passwords(Seen seen) {
        var weak = seen.all("postgres.weak_password.").filter(fact -> fact.value().equals("true")).toList();
        var what = "no role has a well-known password";
        if (weak.isEmpty()) {
            return Check.passed(seen.service(), what, seen.all("postgres.weak_password.").count() + " tried");
        }
        var names = String.join(", ",
                weak.stream().map(fact -> fact.what().substring("postgres.weak_password.".length()))
                        .toList());
        var remedy = "ALTER ROLE ... PASSWORD with a random one";
        return seen.look().lock().profile().equals("development") || isDeclared(seen, names)
                ? Check.advice(seen.service(), what, names, remedy, weak.toArray(Observation[]::new))
                : Check.failed(seen.service(), what, names, remedy, weak.toArray(Observation[]::new));
    }

    /// Clients that are given the same variable cannot log in otherwise.
    private static Optional<Check> given(Seen seen) {
        var what = "its owner has the password that the container was given";
        var owner = seen.text("postgres.owner").orElse("postgres");
        return seen.fact("postgres.given_password").map(fact -> fact.value().equals("true")
                ? Check.passed(seen.service(), what, owner, fact)
                : Check.failed(seen.service(), what, "POSTGRES_PASSWORD is not the password of " + owner
                        + ": a volume keeps the one it was made with",
                        "ALTER ROLE " + owner
                                + " PASSWORD with the one of the variable, or set the variable to the old one",
                        fact));
    }

    /// Whether the user's own files give the owner that password: a weakness the audit names, but no drift.
    private static boolean isDeclared(Seen seen, String roles) {
        return seen.text("postgres.owner").filter(roles::equals).isPresent() && seen.look().lock()
                .service(seen.service()).flatMap(LockedService::expected)
                .filter(expected -> !expected.weakVariables().isEmpty()).isPresent();
    }
}
