package dev.plimsoll.kinds;

import dev.plimsoll.source.Located;
import dev.plimsoll.stack.Dependency;
import dev.plimsoll.stack.Service;
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
    private static final List<String> SAYING = List.of("echo", "printf", "exit", "true", "touch", "sleep", "fi",
            "done");
    /// What keeps a client's script from ending.
    private static final Pattern ENDLESS = Pattern
            .compile("\\b(?:while|until)\\s+(?::|true|false|sleep\\b|\\[\\s*(?:1|true))|"
                    + "\\bsleep\\s+(?:infinity|\\d{3,}|\\d+[hd])|\\b(?:crond?|supercronic)\\b");

    private OneShots() {}

    public static boolean is(Recognised service, Inventory inventory) {
        if (isAwaitedToTheEnd(service, inventory)) {
            return true;
        }
        if (isNeverRestarted(service.service())) {
            return !service.role().isStateful();
        }
        var restart = restart(service.service());
        if (restart.equals("always") || restart.equals("unless-stopped") || !service.service().ports().isEmpty()) {
            return false;
        }
        return isNamedLikeOne(service.service()) || runsToTheEnd(service)
                || service.is("database-client") && !ENDLESS.matcher(line(service)).find();
    }

    /// Whether others may wait for its end. That it is not started again does not say that it ends.
    public static boolean ends(Recognised service, Inventory inventory) {
        return is(service, inventory) && (isAwaitedToTheEnd(service, inventory)
                || service.service().ports().isEmpty() && (isNamedLikeOne(service.service())
                        || runsToTheEnd(service)));
    }

    static boolean isNamedLikeOne(Service service) {
        return NAME.matcher(service.name().toLowerCase(Locale.ROOT)).matches();
    }

    static boolean isNeverRestarted(Service service) {
        return List.of("no", "none", "false").contains(restart(service));
    }

    private static String restart(Service service) {
        return service.restart().map(text -> text.value().toLowerCase(Locale.ROOT)).orElse("");
    }

    /// Whether another service starts only after it has ended well.
    public static boolean isAwaitedToTheEnd(Recognised service, Inventory inventory) {
        return inventory.services().stream().flatMap(other -> other.service().dependencies().stream())
                .anyMatch(dependency -> dependency.service().equals(service.name())
                        && dependency.condition() == Dependency.Condition.COMPLETED);
    }

    private static boolean runsToTheEnd(Recognised service) {
        var line = line(service);
        return COMMAND.matcher(line).find() && !SERVER.matcher(line).find() && !goesOn(service);
    }

    /// Whether another program comes after the one that ends. What only says so does not count.
    private static boolean goesOn(Recognised service) {
        var last = service.clues().invocations().stream().filter(run -> !SAYING.contains(run.program()))
                .reduce((earlier, later) -> later);
        return last.filter(run -> !COMMAND.matcher(run.program() + " " + String.join(" ", run.arguments().stream().map(
                Located::value).toList())).find()).isPresent();
    }

    private static String line(Recognised service) {
        return String.join(" ", service.service().start().stream().map(word -> word.value()).toList());
    }
}
