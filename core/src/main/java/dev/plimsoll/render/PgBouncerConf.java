package dev.plimsoll.render;

import dev.plimsoll.kinds.PgBouncer;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.kinds.Setting;
import dev.plimsoll.kinds.Sizing;
import dev.plimsoll.lock.LockedSetting;
import dev.plimsoll.plan.ServicePlan;
import dev.plimsoll.render.RenderedFile.Access;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// `pgbouncer.ini` and the list of users of every PgBouncer, or the variables its image makes them from.
public final class PgBouncerConf implements Renderer {
    private static final String INI = "/etc/pgbouncer/pgbouncer.ini";
    private static final String DATABASES = "[databases]";
    private static final String USERS = "/etc/pgbouncer/userlist.txt";

    @Override
    public Part render(Task task, Secrets secrets) {
        var files = new ArrayList<RenderedFile>();
        var patches = new ArrayList<Patch>();
        var settings = new LinkedHashMap<String, List<LockedSetting>>();
        var notes = new ArrayList<String>();
        task.services("pgbouncer").forEach(plan -> {
            var service = task.plan().inventory().named(plan.service()).orElseThrow();
            var databases = PgBouncer.pooledDatabases(service, task.plan().inventory());
            var text = PgBouncerText.of(plan, service, PoolBudget.usedBy(task.plan(), plan.service()), databases);
            switch (PgBouncerSource.of(service)) {
                case PgBouncerSource.Mounted mounted -> mounted(task, plan, service, mounted, text, files, patches);
                case PgBouncerSource.Variables variables -> written(task, plan, variables, text, files, patches);
                case PgBouncerSource.Entrypoint entrypoint -> environment(plan, entrypoint, text, patches, notes);
                case PgBouncerSource.Unknown unknown -> notes.add(unapplied(plan, text, unknown));
            }
            if (!(PgBouncerSource.of(service) instanceof PgBouncerSource.Unknown)) {
                settings.put(plan.service(), inForce(PgBouncerSource.of(service), text));
            }
            notes(plan, service, text, notes);
            changes(plan, service, databases, notes);
        });
        return new Part(files, patches, settings, notes);
    }

    /// An entrypoint has a way to log in of its own, unless the user chose one.
    private static List<LockedSetting> inForce(PgBouncerSource source, PgBouncerText text) {
        var planned = text.planned().stream().map(choice -> new LockedSetting(choice.setting(), choice.value(),
                choice.arithmetic(), choice.source()));
        var others = text.others().stream().filter(setting -> !(source instanceof PgBouncerSource.Entrypoint)
                || setting.because().isEmpty() || isVariable(setting));
        return Stream.concat(planned, others).toList();
    }

    /// Whether a variable is set for it: who may connect depends on what the entrypoint writes besides.
    private static boolean isVariable(LockedSetting setting) {
        return !setting.because().isEmpty() && !setting.name().startsWith("auth_");
    }

    private static void mounted(Task task, ServicePlan plan, Recognised service, PgBouncerSource.Mounted mounted,
            PgBouncerText text, List<RenderedFile> files, List<Patch> patches) {
        var sections = new LinkedHashMap<String, List<String>>();
        PgBouncerText.SECTIONS.forEach(section -> sections.put(section.head(), section.lines(service)));
        sections.entrySet().removeIf(section -> section.getValue().isEmpty() && !section.getKey().equals(DATABASES));
        var path = plan.service() + "/private/pgbouncer.ini";
        files.add(new RenderedFile(path, text.ini(plan, sections, List.of()), Access.CONTAINER_SECRET));
        patches.add(ComposeText.mount(task, plan.service(), path, mounted.target(), "planned settings, with your "
                + "databases and users"));
    }

    private static void written(Task task, ServicePlan plan, PgBouncerSource.Variables variables, PgBouncerText text,
            List<RenderedFile> files, List<Patch> patches) {
        var name = plan.service();
        var places = List.of(place("listen_addr", "0.0.0.0", "other containers connect over the network"),
                place("listen_port", "5432", "the image's own default"),
                place("auth_file", USERS, "the users below private/"),
                place("stats_users", variables.user(), "may read SHOW POOLS and SHOW STATS, and change nothing"));
        files.add(RenderedFile.of(name + "/pgbouncer.ini", text.ini(plan, Map.of(DATABASES, List.of(variables
                .database())), places)));
        patches.add(ComposeText.mount(task, name, name + "/pgbouncer.ini", INI, "planned settings"));
        if (text.others().stream().noneMatch(setting -> setting.name().equals("auth_file"))) {
            var path = name + "/private/userlist.txt";
            files.add(new RenderedFile(path, quoted(variables.user()) + " " + quoted(variables.password()) + "\n",
                    Access.CONTAINER_SECRET));
            patches.add(ComposeText.mount(task, name, path, USERS, "who may connect"));
        }
    }

    private static LockedSetting place(String name, String value, String because) {
        return new LockedSetting(name, value, because, "");
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\"", "\"\"") + "\"";
    }

    private static void environment(ServicePlan plan, PgBouncerSource.Entrypoint entrypoint, PgBouncerText text,
            List<Patch> patches, List<String> notes) {
        var values = new LinkedHashMap<String, Map.Entry<String, String>>();
        text.planned().forEach(choice -> values.put(choice.setting(), Map.entry(choice.value(), choice.arithmetic())));
        text.others().stream().filter(PgBouncerConf::isVariable)
                .forEach(setting -> values.put(setting.name(), Map.entry(setting.value(), setting.because())));
        values.forEach((name, value) -> patches.add(ComposeText.environment(plan.service(), entrypoint.prefix()
                + name.toUpperCase(Locale.ROOT), ComposeText.literal(value.getKey()), value.getValue())));
        notes.add(plan.service() + ": its settings are variables, because the image's entrypoint writes pgbouncer.ini "
                + "from them and reads the password; check with SHOW CONFIG that your version of the image takes all of "
                + "them.");
    }

    private static String unapplied(ServicePlan plan, PgBouncerText text, PgBouncerSource.Unknown unknown) {
        var lines = text.planned().stream().map(choice -> choice.setting() + " = " + choice.value()).toList();
        return plan.service() + ": " + unknown.why() + "; set " + String.join(", ", lines) + " by hand.";
    }

    private static void notes(ServicePlan plan, Recognised service, PgBouncerText text, List<String> notes) {
        if (!PgBouncerText.hasPreparedStatements(service) && plan.choice("pool_mode")
                .filter(choice -> choice.value().equals("session")).isEmpty()) {
            notes.add(plan.service() + ": PgBouncer before 1.21 knows no max_prepared_statements, so its clients must "
                    + "not prepare: prepareThreshold=0 for JDBC, statement_cache_size=0 for asyncpg, pgbouncer=true "
                    + "for Prisma; or move to 1.21.");
        }
        plan.choice("default_pool_size").map(Sizing.Choice::value).ifPresent(value -> text.planned().stream()
                .filter(choice -> choice.setting().equals("default_pool_size") && !choice.value().equals(value))
                .forEach(choice -> notes.add(plan.service() + ": default_pool_size is " + choice.value()
                        + " instead of " + value + ": " + choice.arithmetic() + ".")));
    }

    /// What clients may notice.
    private static void changes(ServicePlan plan, Recognised service, int databases, List<String> notes) {
        if (service.settings().get("pool_mode").filter(set -> set.origin() != Setting.Origin.DEFAULT).isEmpty()
                && plan.choice("pool_mode").filter(choice -> choice.value().equals("transaction")).isPresent()) {
            notes.add(plan.service() + ": pool_mode becomes transaction, as nobody chose one: LISTEN, variables of a "
                    + "session and advisory locks no longer work through it. To keep its sessions set pool_mode to "
                    + "session and render again.");
        }
        if (PgBouncer.servesAnyDatabase(service)) {
            notes.add(
                    plan.service() + ": it takes clients to whatever database they name, each with a pool of its own; "
                            + "its pools fit the " + (databases == 1 ? "one" : databases) + " that can be seen here.");
        }
    }
}
