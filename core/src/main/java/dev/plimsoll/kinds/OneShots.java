package dev.plimsoll.kinds;

import dev.plimsoll.stack.Dependency;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Tells jobs that end by themselves from services that keep running.
public final class OneShots {
    private static final Pattern NAME = Pattern.compile("(?:.*[-_.])?(?:init|initdb|initializer|initialize|migrate|"
            + "migrations?|migrator|seed|seeder|seeding|setup|bootstrap|provision|provisioning|createbuckets?|"
            + "create[-_]buckets?|mc|installer|install|import|loader|once|job|cli|certs?|chown|permissions?|"
            + "topics?|fixer)"
            + "(?:[-_.]?(?:db|database|job|once|storage|minio|kafka|topics?|buckets?|permissions?|volumes?|data|schema|"
            + "container|script|runner|users?|\\d+))*");
    private static final Pattern COMMAND = Pattern.compile("\\b(?:db:(?:migrate|prepare|setup|seed)|"
            + "db upgrade|migrate deploy|manage\\.py migrate|alembic upgrade|mc (?:alias|config|mb)|"
            + "kafka-topics)\\b");
    private static final Pattern SERVER = Pattern.compile("\\b(?:gunicorn|uvicorn|runserver|exec|puma|start|serve|"
            + "server|supervisord|node)\\b");

    private OneShots() {}

    public static boolean is(Recognised service, Inventory inventory) {
        if (isAwaitedToTheEnd(service, inventory)) {
            return true;
        }
        var restart = service.service().restart().map(text -> text.value().toLowerCase(Locale.ROOT)).orElse("");
        if (restart.equals("no") || restart.equals("none") || restart.equals("false")) {
            return !service.role().isStateful();
        }
        if (restart.equals("always") || restart.equals("unless-stopped") || !service.service().ports().isEmpty()) {
            return false;
        }
        return NAME.matcher(service.name().toLowerCase(Locale.ROOT)).matches() || runsToTheEnd(service);
    }

    private static boolean isAwaitedToTheEnd(Recognised service, Inventory inventory) {
        return inventory.services().stream().flatMap(other -> other.service().dependencies().stream())
                .anyMatch(dependency -> dependency.service().equals(service.name())
                        && dependency.condition() == Dependency.Condition.COMPLETED);
    }

    private static boolean runsToTheEnd(Recognised service) {
        var line = String.join(" ", service.service().entrypoint().orElse(List.of()).stream()
                .map(word -> word.value()).toList())
                + " " + String.join(" ", service.service().command().orElse(List.of()).stream()
                        .map(word -> word.value()).toList());
        return COMMAND.matcher(line).find() && !SERVER.matcher(line).find();
    }
}
