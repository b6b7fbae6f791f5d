package dev.plimsoll.render;

import dev.plimsoll.kinds.PostgresQuotes;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.kinds.Setting;
import dev.plimsoll.kinds.Sizing;
import dev.plimsoll.lock.LockedSetting;
import dev.plimsoll.plan.ServicePlan;
import dev.plimsoll.source.Paths;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The postgresql.conf of one service.
///
/// @param settings what is in it beyond the plan's choices
/// @param notes settings of the user's that the server would refuse
record PostgresText(String content, List<LockedSetting> settings, List<String> notes) {
    /// Settings that are no lines of a config file, or that the command decides.
    private static final Set<String> PLACES = Set.of("config_file", "hba_file", "include", "include_dir",
            "include_if_exists");
    private static final String STATISTICS = "pg_stat_statements";
    private static final String LIBRARIES = "shared_preload_libraries";

    static PostgresText of(Profile profile, ServicePlan plan, Recognised service, PostgresImage image) {
        var planned = plan.choices().stream().filter(choice -> image.parameter(choice.setting()).isPresent()).toList();
        var fixed = image.way() == PostgresImage.Way.BITNAMI ? List.<LockedSetting>of() : PostgresDefaults.container();
        var decided = new LinkedHashSet<>(planned.stream().map(Sizing.Choice::setting).toList());
        fixed.forEach(setting -> decided.add(setting.name()));
        decided.addAll(PLACES);
        var notes = new ArrayList<String>();
        var own = own(service, image, decided, notes);
        own.forEach(setting -> decided.add(setting.name()));
        var advised = new ArrayList<>(fixed);
        libraries(own, image).ifPresent(all -> {
            own.removeIf(setting -> setting.name().equals(LIBRARIES));
            decided.remove(LIBRARIES);
            advised.addAll(PostgresDefaults.statementStatistics(all));
        });
        advised.addAll(PostgresDefaults.advised(profile, image));
        advised.removeIf(setting -> decided.contains(setting.name()) && !fixed.contains(setting)
                || image.parameter(setting.name()).isEmpty() && !setting.name().contains("."));
        var all = new ArrayList<>(own);
        all.addAll(advised);
        return new PostgresText(text(plan, service, image, planned, own, advised), List.copyOf(all),
                List.copyOf(notes));
    }

    /// What the user set and nothing else decides.
    private static List<LockedSetting> own(Recognised service, PostgresImage image, Set<String> decided,
            List<String> notes) {
        var kept = new ArrayList<LockedSetting>();
        service.settings().unreadNote(service.name()).ifPresent(notes::add);
        for (var setting : service.settings().effective().values()) {
            if (setting.origin() == Setting.Origin.DEFAULT || decided.contains(setting.name())) {
                continue;
            }
            var refusal = setting.name().contains(".")
                    ? Optional.<String>empty()
                    : image.parameter(setting.name()).map(known -> known.refusal(setting.value()))
                            .orElse(Optional.of("PostgreSQL " + image.major() + " knows no such setting"));
            if (refusal.isPresent()) {
                notes.add(service.name() + ": `" + setting.name() + "` at " + setting.where()
                        + " is not taken over, because the server would not start with it: " + refusal.get() + ".");
            } else {
                kept.add(new LockedSetting(setting.name(), setting.value(), "", "from " + setting.where()));
            }
        }
        return kept;
    }

    /// The libraries to load with pg_stat_statements among them; empty when it may be missing in the image.
    private static Optional<String> libraries(List<LockedSetting> own, PostgresImage image) {
        if (!image.hasContrib()) {
            return Optional.empty();
        }
        var all = new LinkedHashSet<>(image.libraries());
        own.stream().filter(setting -> setting.name().equals(LIBRARIES))
                .flatMap(setting -> List.of(setting.value().split(",")).stream()).map(String::strip)
                .filter(library -> !library.isEmpty()).forEach(all::add);
        all.add(STATISTICS);
        return Optional.of(String.join(",", all));
    }

    private static String text(ServicePlan plan, Recognised service, PostgresImage image,
            List<Sizing.Choice> planned, List<LockedSetting> own, List<LockedSetting> advised) {
        var file = new ConfText();
        file.remark("PostgreSQL " + image.major() + " for the service " + plan.service() + ", planned for "
                + plan.limit() + " of memory.\nWritten by plimsoll render: change the Compose file or x-plimsoll and "
                + "render again. What ALTER SYSTEM has written (postgresql.auto.conf) still wins over this file.");
        includes(file, service, image);
        for (var topic : PostgresTopic.values()) {
            var group = planned.stream().filter(choice -> PostgresTopic.of(choice.setting()) == topic).toList();
            if (!group.isEmpty()) {
                file.topic(topic.title() + ", planned");
                group.forEach(choice -> file.line(line(choice.setting(), choice.value()),
                        ConfText.reason(choice.arithmetic(), choice.source())));
            }
        }
        if (!own.isEmpty()) {
            file.topic("Taken over");
            own.forEach(setting -> file.line(line(setting.name(), setting.value()), setting.source()));
        }
        write(file, advised);
        return file.toString();
    }

    private static void write(ConfText file, List<LockedSetting> advised) {
        advised.stream().map(setting -> PostgresTopic.of(setting.name())).distinct().sorted(Comparator.naturalOrder())
                .forEach(topic -> {
                    file.topic(topic.title());
                    advised.stream().filter(setting -> PostgresTopic.of(setting.name()) == topic)
                            .forEach(setting -> file.line(line(setting.name(), setting.value()),
                                    ConfText.reason(setting.because(), setting.source())));
                });
    }

    /// Files read before this one's settings, so that these win.
    private static void includes(ConfText file, Recognised service, PostgresImage image) {
        if (image.way() == PostgresImage.Way.BITNAMI) {
            return;
        }
        var named = service.settings().value("config_file");
        var base = named.map(Paths::parent).orElse(image.dataDirectory());
        if (named.isEmpty()) {
            file.topic("The data directory's own file");
            file.line("include_if_exists = " + PostgresQuotes.quoted(image.dataDirectory() + "/postgresql.conf"),
                    "locale, time zone "
                            + "and text search as initdb found them, and what was edited there by hand; the settings below "
                            + "win");
        }
        for (var directive : List.of("include", "include_if_exists", "include_dir")) {
            service.settings().get(directive).filter(_ -> named.isPresent()).ifPresent(setting -> file.line(directive
                    + " = " + PostgresQuotes.quoted(Paths.resolve(base, setting.value())), "from " + setting.where()));
        }
    }

    static String line(String name, String value) {
        return name + " = "
                + (value.matches("-?\\d+[A-Za-z]*|\\d*\\.\\d+|[A-Za-z_]+") ? value : PostgresQuotes.quoted(value));
    }
}
