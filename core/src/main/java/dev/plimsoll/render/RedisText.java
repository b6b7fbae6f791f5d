package dev.plimsoll.render;

import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.kinds.RedisWords;
import dev.plimsoll.kinds.Setting;
import dev.plimsoll.kinds.Sizing;
import dev.plimsoll.lock.LockedSetting;
import dev.plimsoll.plan.ServicePlan;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/// The redis.conf of one service.
///
/// @param settings what is in it beyond the plan's choices
record RedisText(String content, List<LockedSetting> settings) {
    /// Directives that a container does not bear, or that say where secrets are.
    private static final Set<String> LEFT = Set.of("daemonize", "supervised", "pidfile", "logfile", "requirepass",
            "masterauth", "aclfile");
    private static final String USERS = "aclfile ";
    private static final String BUFFER = "client-output-buffer-limit";

    /// @param access lines about users, which come last
    static RedisText of(ServicePlan plan, Recognised service, RedisServer server, List<String> access) {
        var planned = plan.choices().stream().filter(choice -> server.knows(choice.setting())).toList();
        var decided = new LinkedHashSet<>(planned.stream().map(RedisText::key).toList());
        var own = new ArrayList<Setting>();
        for (var setting : service.settings().effective().values()) {
            if (setting.origin() != Setting.Origin.DEFAULT && !LEFT.contains(setting.name())
                    && !setting.name().startsWith(RedisAccess.USER)
                    && decided.add(setting.name())) {
                own.add(setting);
            }
        }
        var advised = RedisDefaults.of(plan, service, server).stream().filter(setting -> decided.add(setting.name()))
                .toList();
        var all = new ArrayList<>(own.stream().map(setting -> new LockedSetting(setting.name(), setting.value(), "",
                from(setting))).toList());
        all.addAll(advised);
        access.stream().filter(line -> line.startsWith(USERS)).forEach(line -> all.add(new LockedSetting("aclfile", line
                .substring(USERS.length()), "who may call what",
                "https://redis.io/docs/latest/operate/oss_and_stack/management/security/acl/")));
        return new RedisText(text(plan, server, planned, own, advised, access), List.copyOf(all));
    }

    /// The plan names the directive; the class of clients it is for stands in its value.
    private static String key(Sizing.Choice choice) {
        return choice.setting().equals(BUFFER)
                ? BUFFER + " " + choice.value().split(" ")[0]
                : choice.setting();
    }

    private static String text(ServicePlan plan, RedisServer server, List<Sizing.Choice> planned,
            List<Setting> own, List<LockedSetting> advised, List<String> access) {
        var file = new ConfText();
        file.remark(server + " for the service " + plan.service() + ", planned for " + plan.limit() + " of memory.\n"
                + "Written by plimsoll render: change the Compose file or x-plimsoll and render again. The kernel's "
                + "vm.overcommit_memory and transparent huge pages are the host's, and no container can set them.");
        file.topic("Planned");
        planned.forEach(choice -> file.line(choice.setting() + " " + choice.value(),
                ConfText.reason(choice.arithmetic(), choice.source())));
        if (!own.isEmpty()) {
            file.topic("Taken over");
            own.forEach(setting -> lines(setting).forEach(line -> file.line(line, from(setting))));
        }
        file.topic("For a container");
        advised.forEach(setting -> file.line(directive(setting.name()) + " "
                + setting.value(), ConfText.reason(setting.because(), setting.source())));
        if (!access.isEmpty()) {
            file.topic("Who may do what");
            access.forEach(line -> file.line(line, ""));
        }
        return file.toString();
    }

    private static String from(Setting setting) {
        return "from " + setting.where();
    }

    /// Times of snapshots one by one, as servers before 7.0 read no more than one pair from a line.
    private static List<String> lines(Setting setting) {
        var words = setting.words();
        if (!setting.name().equals("save") || words.size() < 4 || words.size() % 2 != 0) {
            return List.of(directive(setting.name()) + " " + RedisWords.joined(words));
        }
        return IntStream.range(0, words.size() / 2).mapToObj(at -> "save " + RedisWords.joined(words.subList(2 * at, 2
                * at + 2))).toList();
    }

    /// Repeated directives have their first word in the name, and again in the value.
    private static String directive(String name) {
        return name.split(" ")[0];
    }
}
