package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.OneShots;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.stack.Stack;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

public final class MissingDependency implements Rule {
    @Override
    public About about() {
        return new About("REL005", "missing-dependency", Severity.MEDIUM, Confidence.LIKELY,
                "A service uses a data service of the stack without depending on it.",
                "Compose may start it first, and `up` of this service alone leaves the data service down. It then "
                        + "fails at its first request, or at every start until the data service is there.",
                "Add the data service to `depends_on` with `condition: service_healthy`.",
                "https://docs.docker.com/compose/how-tos/startup-order/");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        var users = new ArrayList<Recognised>();
        var texts = new ArrayList<String>();
        inventory.running().filter(MissingDependency::isProgram)
                .filter(service -> !OneShots.is(service, inventory)
                        || !service.service().dependencies().isEmpty())
                .forEach(service -> {
                    var known = new HashSet<String>();
                    collect(service, inventory, known);
                    var used = inventory.running().filter(target -> target.role().isStateful())
                            .filter(target -> !target.name().equals(service.name()) && !known.contains(target.name()))
                            .filter(target -> names(inventory.stack(), service, target)).toList();
                    if (!used.isEmpty()) {
                        users.add(service);
                        texts.add(service.name() + " uses " + Grouped.names(used));
                    }
                });
        return users.stream().limit(1).map(first -> Grouped.finding(this, Severity.MEDIUM, users,
                first.service().where("depends_on"), "Not in depends_on, though used: " + Grouped.list(texts),
                "Add them to depends_on with condition: service_healthy"));
    }

    private static boolean isProgram(Recognised service) {
        return switch (service.role()) {
            case APP, WORKER, POOLER -> true;
            case DATABASE, CACHE, BROKER, SEARCH, STORAGE, PROXY, MONITORING, EXPORTER, TOOL -> false;
        };
    }

    /// A variable that says host, URL, address or the like holds the name as a host.
    private static boolean names(Stack stack, Recognised service, Recognised target) {
        var host = Pattern.compile("(?:[a-z][a-z0-9+.-]*://(?:[^@/\\s]*@)?|.*@)?" + Pattern.quote(target.name())
                + "(?::\\d+)?(?:[/?].*)?", Pattern.CASE_INSENSITIVE);
        return service.service().environment().entrySet().stream().anyMatch(entry -> {
            var name = entry.getKey().toUpperCase(Locale.ROOT);
            var value = entry.getValue().value();
            var isAddress = value.contains("://" + target.name()) || value.contains("@" + target.name())
                    || value.startsWith(target.name() + ":")
                    || name.matches(".*(?:HOST|HOSTNAME|SERVER|ADDR|ADDRESS|ENDPOINT|URL|URI)S?(?:_.*)?");
            var isOwn = stack.composeFiles().contains(entry.getValue().where().file()) || value.contains("://");
            return isAddress && isOwn && host.matcher(value).matches();
        });
    }

    private static void collect(Recognised service, Inventory inventory, Set<String> known) {
        service.service().dependencies().forEach(dependency -> {
            if (known.add(dependency.service())) {
                inventory.named(dependency.service()).ifPresent(next -> collect(next, inventory, known));
            }
        });
    }
}
