package dev.plimsoll.run.natively;

import dev.plimsoll.run.State.PublishedPort;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a program is told of the services of its stack. Nobody finds them by name without containers: names in its
/// environment become the addresses where they listen.
///
/// @param self the service that the program is
/// @param ports where the services listen
/// @param names of all services, whether they run here or not
record Addresses(String self, List<PublishedPort> ports, List<String> names) {
    private static final String SUFFIX = "([_.-](?:READ|WRITE|READER|WRITER|RO|RW|PRIMARY|REPLICA|MASTER|SLAVE)"
            + "|[_.-]?\\d+)?";
    /// Variables whose value is an address without a port.
    private static final Pattern HOST = Pattern.compile("(?i)(.*?)(HOST(?:NAME)?S?|SERVER|ADDR(?:ESS)?(?:ES)?)"
            + SUFFIX);
    /// Variables whose value may be an address with a port.
    private static final Pattern ENDPOINT = Pattern.compile("(?i).*(?:UR[LI]S?|ENDPOINTS?|BROKERS?|NODES?|PEERS?|"
            + "SENTINELS?|SERVERS|UPSTREAMS?|CONTACT_?POINTS?)" + SUFFIX);
    /// libpq reads its two variables together, whoever uses it.
    private static final String LIBPQ = "PGHOST";

    Addresses {
        ports = List.copyOf(ports);
        names = List.copyOf(names);
    }

    /// A variable that tells of a service without a port, where the service has another port here than in the stack.
    ///
    /// @param port the name of the variable that goes with it, which the stack does not have
    record Portless(String variable, String port, PublishedPort at) {}

    /// `db:5432`, `@db/` and `db` in a variable that holds an address become the address where it listens; `DB_PORT`
    /// beside a `DB_HOST` of `db` becomes its port. A value such as a user's name that is `db` by chance stays.
    Map<String, String> in(Map<String, String> variables) {
        var told = new LinkedHashMap<>(variables);
        told.replaceAll(this::replaced);
        hosts(variables).forEach((name, at) -> {
            var usual = String.valueOf(at.target());
            if (at.published() != at.target() && variables.getOrDefault(port(name), usual).equals(usual)) {
                told.put(port(name), String.valueOf(at.published()));
            }
        });
        return told;
    }

    List<Portless> portless(Map<String, String> variables) {
        return hosts(variables).entrySet().stream().filter(host -> host.getValue().published() != host.getValue()
                .target() && !variables.containsKey(port(host.getKey())) && !host.getKey().equals(LIBPQ))
                .map(host -> new Portless(host.getKey(), port(host.getKey()), host.getValue())).toList();
    }

    /// What the variables name and nothing serves here, such as `api:9000 (METRICS_URL)`.
    List<String> unserved(Map<String, String> variables) {
        var unserved = new LinkedHashMap<String, List<String>>();
        variables.forEach((variable, value) -> names.forEach(name -> unserved(variable, value, name, variables)
                .forEach(what -> unserved.computeIfAbsent(what, _ -> new ArrayList<>()).add(variable))));
        return unserved.entrySet().stream().map(one -> one.getKey() + " (" + one.getValue().stream().distinct()
                .collect(Collectors.joining(", ")) + ")").toList();
    }

    private Stream<String> unserved(String variable, String value, String name, Map<String, String> variables) {
        var at = at(name);
        var quoted = Pattern.quote(name);
        // Not what may be a user and a password.
        var withPort = Pattern.compile("(?:^|[/@,(])" + quoted + ":(\\d{2,5})(?=$|[/?,)])").matcher(value).results()
                .filter(found -> at.filter(one -> found.group(1).equals(String.valueOf(one.target()))).isEmpty())
                .filter(found -> isAddress(variable) || found.start() > 0 || found.group(1).length() > 2)
                .map(found -> name + ":" + found.group(1));
        if (at.isEmpty()) {
            var alone = isAddress(variable) && items(value).anyMatch(name::equals) || Pattern.compile("(?:@|://)"
                    + quoted + "(?=[/?,)]|$)").matcher(value).find();
            return Stream.concat(withPort, alone ? Stream.of(name) : Stream.of());
        }
        var beside = HOST.matcher(variable).matches() && value.equals(name)
                ? Optional.ofNullable(variables.get(port(variable)))
                : Optional.<String>empty();
        return Stream.concat(withPort, beside.filter(port -> port.matches("\\d{2,5}") && !port.equals(String.valueOf(at
                .get().target()))).map(port -> name + ":" + port).stream());
    }

    private static boolean isAddress(String variable) {
        return HOST.matcher(variable).matches() || ENDPOINT.matcher(variable).matches();
    }

    /// Variables that are just the name of another service.
    private Map<String, PublishedPort> hosts(Map<String, String> variables) {
        var hosts = new LinkedHashMap<String, PublishedPort>();
        variables.forEach((name, value) -> at(value).filter(at -> !at.service().equals(self) && HOST.matcher(name)
                .matches()).ifPresent(at -> hosts.put(name, at)));
        return hosts;
    }

    private Optional<PublishedPort> at(String name) {
        return ports.stream().filter(port -> port.service().equals(name)).findFirst();
    }

    private String replaced(String variable, String value) {
        var replaced = value;
        for (var port : ports) {
            replaced = named(port).matcher(replaced).replaceAll(Matcher.quoteReplacement(port.host() + ":" + port
                    .published()));
        }
        return isAddress(variable)
                ? items(replaced).map(item -> at(item)
                        .map(at -> alone(at, HOST.matcher(variable).matches() && at(value).isPresent())).orElse(item))
                        .collect(
                                Collectors.joining(","))
                : replaced;
    }

    /// @param beside whether its port stands in a variable of its own; there is none beside a list
    private static String alone(PublishedPort at, boolean beside) {
        return at.published() == at.target() || beside ? at.host() : at.host() + ":" + at.published();
    }

    private static Stream<String> items(String value) {
        return Arrays.stream(value.split(",", -1));
    }

    private static Pattern named(PublishedPort neighbour) {
        var service = Pattern.quote(neighbour.service());
        return Pattern.compile("(?<![A-Za-z0-9_.-])" + service + ":" + neighbour.target() + "(?![0-9])|(?<=@|://)"
                + service + "(?=[/?,]|$)");
    }

    /// The variable with the port beside that with the host: `DB_PORT`, `PGPORT`, `db.port`.
    static String port(String host) {
        var parts = HOST.matcher(host);
        if (!parts.matches()) {
            return host;
        }
        var word = parts.group(2);
        var port = Character.isLowerCase(word.charAt(0))
                ? "port"
                : Character.isLowerCase(word.charAt(word.length() - 1)) ? "Port" : "PORT";
        return parts.group(1) + port + Optional.ofNullable(parts.group(3)).orElse("");
    }
}
