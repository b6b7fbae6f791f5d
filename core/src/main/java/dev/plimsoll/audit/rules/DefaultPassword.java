package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.source.Located;
import dev.plimsoll.source.Location;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

public final class DefaultPassword implements Rule {
    private static final Pattern URL = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*://([^:/@\\s]*):([^@/\\s]+)@.*",
            Pattern.DOTALL);
    private static final Pattern FIRST_LOGIN = Pattern.compile(".*(?:ADMIN|WWW_USER|SUPERUSER|INITIAL|BASIC_AUTH).*");

    @Override
    public About about() {
        return new About("SEC003", "default-password", Severity.HIGH, Confidence.CERTAIN,
                "A password or secret is a placeholder, a well-known default, or the user's own name.",
                "It is the first thing anyone tries. With a known signing secret a stranger makes valid sessions. High "
                        + "for application secrets, admin logins and published services; medium for a database that "
                        + "only the stack reaches.",
                "Generate one with `openssl rand -hex 32` and keep it in .env or in a secret file.",
                "https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html");
    }

    private record Weak(Recognised service, String variable, String value, Location where) {
        boolean isHigh() {
            return Secrets.isApplicationSecret(variable) && !service.role().isStateful()
                    || FIRST_LOGIN.matcher(variable).matches() && !service.role().isStateful()
                    || !Exposure.open(service.service()).isEmpty() && service.role().isStateful();
        }
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        var weak = new ArrayList<Weak>();
        var known = new HashSet<String>();
        Stream.concat(inventory.running().filter(service -> service.role().isStateful()),
                inventory.running().filter(service -> !service.role().isStateful()))
                .forEach(service -> weak.addAll(weakOf(service, inventory, known)));
        var groups = new LinkedHashMap<String, List<Weak>>();
        var byValue = new LinkedHashMap<String, String>();
        for (var one : weak) {
            var file = one.where().file();
            var key = inventory.stack().composeFiles().contains(file)
                    ? one.service().role().isStateful()
                            ? one.service().name()
                            : byValue.computeIfAbsent(one.variable() + "=" + one.value(), _ -> one.service().name())
                    : file;
            groups.computeIfAbsent(key, _ -> new ArrayList<>()).add(one);
        }
        return groups.values().stream().map(this::finding);
    }

    private static List<Weak> weakOf(Recognised service, Inventory inventory, Set<String> known) {
        var found = new ArrayList<Weak>();
        service.service().environment().forEach((name, value) -> {
            var secret = Secrets.isSecretName(name) ? Optional.of(value.value()) : inUrl(service, value.value());
            if (isSwitchedOff(service, name) || secret.isEmpty() || !isWeak(service, name, value, secret.get())) {
                return;
            }
            var repeats = !service.role().isStateful() && !Secrets.isApplicationSecret(name)
                    && !FIRST_LOGIN.matcher(name).matches() && known.contains(secret.get());
            if (service.role().isStateful()) {
                known.add(secret.get());
            }
            if (!repeats) {
                found.add(new Weak(service, name, secret.get(), Written.origin(inventory.stack(), value)));
            }
        });
        service.settings().get("requirepass").filter(setting -> Secrets.isWeak(service.service(), "REDIS_PASSWORD",
                setting.value()) && !service.clues().has("REDIS_PASSWORD")).ifPresent(setting -> {
                    known.add(setting.value());
                    found.add(new Weak(service, "requirepass", setting.value(), Written.origin(inventory.stack(),
                            new Located<>(setting.value(), setting.where()))));
                });
        return found;
    }

    /// `ES_PASS` next to `ES_ENABLED=false`.
    private static boolean isSwitchedOff(Recognised service, String name) {
        var at = name.lastIndexOf('_');
        return at > 0 && service.service().variable(name.substring(0, at) + "_ENABLED")
                .filter(value -> value.value().equalsIgnoreCase("false")).isPresent();
    }

    private static boolean isWeak(Recognised service, String name, Located<String> value, String secret) {
        var match = URL.matcher(value.value());
        return Secrets.isWeak(service.service(), name, secret) || match.matches() && match.group(2).equals(secret)
                && match.group(1).equals(secret) && secret.length() > 2;
    }

    /// The password inside an address such as `postgres://user:password@db/name`.
    private static Optional<String> inUrl(Recognised service, String value) {
        var match = URL.matcher(value);
        return match.matches() && !service.role().isStateful() ? Optional.of(match.group(2)) : Optional.empty();
    }

    private Finding finding(List<Weak> group) {
        var services = List.copyOf(new LinkedHashSet<>(group.stream().map(Weak::service).toList()));
        var severity = group.stream().anyMatch(Weak::isHigh) ? Severity.HIGH : Severity.MEDIUM;
        var isInOneCompose = group.stream().allMatch(one -> !one.where().file().contains(".env"));
        var where = isInOneCompose
                ? group.stream().filter(Weak::isHigh).findFirst().orElse(group.getFirst()).where()
                : group.stream().map(Weak::where).min(Comparator.naturalOrder()).orElseThrow();
        return Grouped.finding(this, severity, services, where, Grouped.names(services) + ": " + variables(group)
                + (severity == Severity.HIGH ? "" : "; reachable from the stack only"),
                "Set values of your own, such as from openssl rand -hex 32");
    }

    private static String variables(Collection<Weak> group) {
        var texts = new LinkedHashMap<String, String>();
        group.forEach(one -> texts.putIfAbsent(one.variable(), Secrets.described(one.value())));
        return Grouped.list(texts.entrySet().stream()
                .map((Map.Entry<String, String> entry) -> entry.getKey()
                        + (Secrets.isSecretName(entry.getKey()) || entry.getKey().equals("requirepass")
                                ? " is "
                                : " has the "
                                        + "password ")
                        + entry.getValue())
                .toList());
    }
}
