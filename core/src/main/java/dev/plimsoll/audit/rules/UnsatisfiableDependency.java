package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.stack.Dependency;
import dev.plimsoll.stack.Healthcheck;
import java.util.ArrayList;
import java.util.regex.Pattern;
import java.util.stream.Stream;

public final class UnsatisfiableDependency implements Rule {
    /// Official images, named without an owner, that bring no HEALTHCHECK.
    private static final Pattern WITHOUT = Pattern.compile("postgres|redis|valkey|mysql|mariadb|mongo|memcached|"
            + "rabbitmq|elasticsearch|nginx|httpd|traefik");

    @Override
    public About about() {
        return new About("REL026", "unsatisfiable-dependency", Severity.HIGH, Confidence.CERTAIN,
                "A service waits for another to become healthy that has no healthcheck.",
                "Compose ends with \"has no healthcheck configured\" and does not start the service that waits.",
                "Give the dependency a healthcheck, or wait with `condition: service_started`.",
                "https://docs.docker.com/reference/compose-file/services/#depends_on");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        var found = new ArrayList<Finding>();
        inventory.running().forEach(service -> service.service().dependencies().stream()
                .filter(dependency -> dependency.condition() == Dependency.Condition.HEALTHY)
                .forEach(dependency -> inventory.named(dependency.service()).filter(UnsatisfiableDependency::hasNone)
                        .ifPresent(target -> found.add(finding(service, dependency.where(), service.name()
                                + " waits until " + target.name() + " is healthy, which has no healthcheck: Compose "
                                + "refuses to start " + service.name(),
                                "Add a healthcheck to " + target.name())))));
        return found.stream();
    }

    private static boolean hasNone(Recognised target) {
        var check = target.service().knownHealthcheck();
        if (check.filter(Healthcheck::disabled).isPresent()) {
            return true;
        }
        return check.filter(known -> !known.test().isEmpty()).isEmpty() && !target.service().isBuilt()
                && target.service().imageReference()
                        .filter(image -> WITHOUT.matcher(image.repository()).matches()).isPresent();
    }
}
