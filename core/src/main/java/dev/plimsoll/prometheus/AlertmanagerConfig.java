package dev.plimsoll.prometheus;

import dev.plimsoll.source.Located;
import dev.plimsoll.source.Location;
import dev.plimsoll.source.Problem;
import dev.plimsoll.yaml.Node;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// An `alertmanager.yml`.
///
/// @param root receiver of alerts that no other route takes
/// @param routes all receivers that routes name, the root's first
/// @param addresses URLs, keys and mail addresses of receivers that routes name, and those of the global part they use
/// @param refusals what makes Alertmanager refuse the file
public record AlertmanagerConfig(Optional<Located<String>> root, List<Located<String>> routes,
        List<Receiver> receivers, List<Address> addresses, List<Problem> refusals) {
    private static final List<String> ADDRESS_KEYS = List.of("api_url", "slack_api_url", "url", "webhook_url",
            "service_key", "routing_key", "bot_token", "api_key", "to", "smarthost", "smtp_smarthost", "user_key",
            "token", "auth_password", "smtp_auth_password", "opsgenie_api_key", "pagerduty_url", "victorops_api_key");

    public AlertmanagerConfig {
        routes = List.copyOf(routes);
        receivers = List.copyOf(receivers);
        addresses = List.copyOf(addresses);
        refusals = List.copyOf(refusals);
    }

    /// @param integrations number of entries in its `*_configs`
    public record Receiver(String name, Location where, int integrations) {}

    /// @param receiver empty for the global part
    public record Address(Optional<String> receiver, String key, Located<String> value) {
        private static final Set<String> URLS = Set.of("api_url", "slack_api_url", "url", "webhook_url",
                "pagerduty_url");

        /// The value in quotes when it is a variable, which is no secret.
        private String placeholder() {
            return value.value().matches("\\$\\{?[A-Za-z_]+}?") ? " `" + value.value() + "`" : "";
        }

        /// Whether Alertmanager refuses it, because only http and https are allowed.
        public boolean isNoUrl() {
            return URLS.contains(key) && !value.value().contains("{{")
                    && !value.value().strip().matches("https?://[^/].*");
        }
    }

    /// @param file the whole file
    public static AlertmanagerConfig of(Node.Mapping file) {
        var route = Yaml.mapping(file, "route");
        var routes = new ArrayList<Located<String>>();
        collect(route, routes, 0);
        var receivers = new ArrayList<Receiver>();
        var addresses = new ArrayList<Address>();
        var integrated = new LinkedHashSet<String>();
        addresses(Yaml.mapping(file, "global"), Optional.empty(), addresses);
        for (var entry : Yaml.mappings(file, "receivers")) {
            var name = Yaml.text(entry, "name").map(Located::value).orElse("");
            var integrations = entry.entries().keySet().stream().filter(key -> key.endsWith("_configs"))
                    .flatMap(key -> Yaml.mappings(entry, key).stream()).toList();
            receivers.add(new Receiver(name, entry.where(), integrations.size()));
            if (routes.stream().anyMatch(used -> used.value().equals(name))) {
                integrated.addAll(entry.entries().keySet());
                integrations.forEach(one -> addresses(one, Optional.of(name), addresses));
            }
        }
        return new AlertmanagerConfig(Yaml.text(route, "receiver"), routes, receivers,
                addresses.stream().filter(address -> isUsed(address, integrated)).toList(),
                refusals(file, routes, receivers, addresses));
    }

    /// Whether a setting of the global part matters to any integration in use.
    private static boolean isUsed(Address address, Set<String> integrations) {
        var owner = address.key().startsWith("smtp") ? "email" : address.key().split("_", 2)[0];
        return address.receiver().isPresent() || integrations.contains(owner + "_configs");
    }

    private static void collect(Node.Mapping route, List<Located<String>> receivers, int depth) {
        Yaml.text(route, "receiver").ifPresent(receivers::add);
        if (depth < 50) {
            Yaml.mappings(route, "routes").forEach(child -> collect(child, receivers, depth + 1));
        }
    }

    private static void addresses(Node.Mapping mapping, Optional<String> receiver, List<Address> found) {
        for (var key : ADDRESS_KEYS) {
            mapping.get(key).flatMap(Node::asScalar).map(Node.Scalar::located)
                    .ifPresent(value -> found.add(new Address(receiver, key, value)));
        }
    }

    private static List<Problem> refusals(Node.Mapping file, List<Located<String>> routes,
            List<Receiver> receivers, List<Address> addresses) {
        var problems = new ArrayList<Problem>();
        if (file.get("route").isEmpty()) {
            problems.add(new Problem(file.where(), "there is no `route`", "Write a route with a receiver"));
        } else if (Yaml.text(Yaml.mapping(file, "route"), "receiver").isEmpty()) {
            problems.add(new Problem(file.keyLocation("route"), "the root route has no receiver", "Name one"));
        }
        routes.stream()
                .filter(used -> receivers.stream().noneMatch(one -> one.name().equals(used.value())))
                .forEach(used -> problems.add(new Problem(used.where(), "the receiver `" + used.value()
                        + "` is not defined", "Define it under receivers")));
        addresses.stream().filter(Address::isNoUrl).forEach(address -> problems.add(new Problem(
                address.value().where(), address.key() + address.placeholder() + " is no URL",
                "Write an address that starts with https://, or use " + address.key()
                        + "_file; variables are not expanded")));
        return problems;
    }

    public Optional<Receiver> receiver(String name) {
        return receivers.stream().filter(receiver -> receiver.name().equals(name)).findFirst();
    }
}
