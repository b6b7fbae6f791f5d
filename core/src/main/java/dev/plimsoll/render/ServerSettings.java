package dev.plimsoll.render;

import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.kinds.Sizing;
import dev.plimsoll.plan.ServicePlan;
import dev.plimsoll.stack.Image;
import dev.plimsoll.stack.Mount;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Flags, variables and files of servers: MySQL, SQL Server, MongoDB, Memcached, ClickHouse, Prometheus, PHP.
final class ServerSettings {
    private static final String RETENTION = "storage.tsdb.retention";
    private static final String CLICKHOUSE_ADDITIONS = "/etc/clickhouse-server/config.d";
    private static final List<String> PROMETHEUS_DEFAULT = List.of("--config.file=/etc/prometheus/prometheus.yml",
            "--storage.tsdb.path=/prometheus");

    /// 2.7 was the first that knows both flags of retention, 2.5 the first with a bound on samples
    /// (Prometheus' CHANGELOG).
    private static final Pattern BEFORE_THE_FLAGS = Pattern.compile("v?(?:1\\.|2\\.[0-6](?:[.\\-].*)?$).*");

    private ServerSettings() {}

    static void apply(ServicePlan plan, Recognised service, AppliedSettings target) {
        switch (plan.kind()) {
            case "mysql" -> mysql(plan, service, target);
            case "mongo" -> flags(plan, service, target, "mongod");
            case "memcached" -> flags(plan, service, target, "memcached");
            case "sqlserver" -> plan.choices().forEach(choice -> target.variable(choice, choice.setting()));
            case "clickhouse" -> plan.choices().forEach(choice -> clickhouse(choice, service, target));
            case "prometheus" -> prometheus(plan, service, target);
            case "php" -> php(plan, service, target);
            default -> {
                // The choices of other kinds stand in files that hold more than settings.
            }
        }
    }

    private static boolean isBitnami(Recognised service) {
        return service.clues().image().filter(image -> image.repository().contains("bitnami")).isPresent();
    }

    private static void mysql(ServicePlan plan, Recognised service, AppliedSettings target) {
        if (isBitnami(service)) {
            target.obstacle("Bitnami's image takes flags from MYSQL_EXTRA_FLAGS or MARIADB_EXTRA_FLAGS");
            return;
        }
        if (service.clues().image().filter(image -> image.repository().contains("linuxserver/")).isPresent()) {
            target.obstacle("linuxserver's image runs its command as a program of its own; write them into "
                    + "/config/custom.cnf");
            return;
        }
        if (service.mayHide(".cnf", "/etc/mysql")) {
            target.obstacle("its Dockerfile may have given it options that are not seen");
            return;
        }
        target.takes(DirectCommand.orArguments(service.service(), "mysqld", "mariadbd", "docker-entrypoint.sh"));
        plan.choices().forEach(choice -> target.flag(choice, "--" + choice.setting().replace('_', '-'),
                "--" + choice.setting()));
    }

    private static void flags(ServicePlan plan, Recognised service, AppliedSettings target, String program) {
        if (isBitnami(service)) {
            target.obstacle("Bitnami's image does not pass flags on in the same way");
            return;
        }
        target.takes(DirectCommand.orArguments(service.service(), program));
        plan.choices().forEach(choice -> {
            var name = choice.setting().startsWith("-") ? choice.setting() : "--" + choice.setting();
            target.flag(choice, name, name.equals("-m") ? "--memory-limit" : name);
        });
    }

    private static void clickhouse(Sizing.Choice choice, Recognised service, AppliedSettings target) {
        var taken = service.service().mounts().stream().map(Mount::target).anyMatch(CLICKHOUSE_ADDITIONS::equals);
        if (taken || isBitnami(service)) {
            target.obstacle("you mount config.d, or the image keeps its configuration elsewhere");
            return;
        }
        var file = "<!-- " + choice.arithmetic() + ". Written by plimsoll render. -->\n<clickhouse><"
                + choice.setting() + ">" + choice.value() + "</" + choice.setting() + "></clickhouse>\n";
        target.file(choice, "clickhouse.xml", file, CLICKHOUSE_ADDITIONS + "/plimsoll.xml");
    }

    private static void prometheus(ServicePlan plan, Recognised service, AppliedSettings target) {
        plan.choice("GOMEMLIMIT").ifPresent(choice -> target.variable(choice, "GOMEMLIMIT"));
        if (service.clues().image().flatMap(Image::tag).filter(tag -> BEFORE_THE_FLAGS.matcher(tag).matches())
                .isPresent()) {
            target.obstacle("Prometheus before 2.7 does not know all of these flags and would not start");
            return;
        }
        var command = DirectCommand.orArguments(service.service(), "prometheus");
        target.takes(command.map(found -> found.words().isEmpty()
                ? new DirectCommand(PROMETHEUS_DEFAULT, -1)
                : found));
        var isBounded = service.settings().effective().keySet().stream().anyMatch(name -> name.startsWith(RETENTION));
        for (var choice : plan.choices()) {
            var name = choice.setting();
            if (name.startsWith("--") && !(name.startsWith("--" + RETENTION) && isBounded)) {
                target.flag(choice, name);
            }
        }
        if (!isBounded) {
            target.say(
                    "nobody chose how much history it keeps, so it keeps 7 days and 500 MB, and what is more goes at its "
                            + "next start. Set --storage.tsdb.retention.time or .size first to keep it.");
        }
    }

    /// Images differ in which variables they turn into pool settings, so only those the user already sets are used.
    private static void php(ServicePlan plan, Recognised service, AppliedSettings target) {
        variable(service, "pm.max_children", List.of("PHP_FPM_PM_MAX_CHILDREN", "PHP_FPM_MAX_CHILDREN",
                "PM_MAX_CHILDREN", "FPM_PM_MAX_CHILDREN", "PHP_PM_MAX_CHILDREN")).ifPresent(
                        name -> plan
                                .choice("pm.max_children").ifPresent(choice -> target.variable(choice, name)));
        variable(service, "memory_limit", List.of("PHP_MEMORY_LIMIT")).ifPresent(name -> plan.choice("memory_limit")
                .ifPresent(choice -> target.variable(choice, name)));
        target.obstacle("PHP reads them from its pool's .conf and php.ini, and no variable is common to all images");
    }

    private static Optional<String> variable(Recognised service, String setting, List<String> names) {
        return names.stream().filter(name -> service.service().variable(name).isPresent() && service.settings()
                .get(setting).filter(found -> found.where().equals(service.service().variable(name).orElseThrow()
                        .where()))
                .isPresent()).findFirst();
    }
}
