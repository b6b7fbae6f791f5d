package dev.plimsoll.render;

import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.kinds.Sizing;
import dev.plimsoll.source.Located;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Collects what is changed in one service for its planned settings.
final class AppliedSettings {
    /// Words of a command that may have come from a variable nobody should copy.
    private static final Pattern SECRET = Pattern
            .compile("(?i)(?<!native_|sha2_|clear_)pass(word|wd|_|=)|secret|token|api_?key|://[^/\\s]*:[^/\\s]+@");

    private final Task task;
    private final Recognised service;
    private final Set<String> applied = new LinkedHashSet<>();
    private final Set<String> flags = new LinkedHashSet<>();
    private final Map<String, String> variables = new LinkedHashMap<>();
    private final Map<String, String> reasons = new LinkedHashMap<>();
    private final List<RenderedFile> files = new ArrayList<>();
    private final List<Patch> mounts = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private Optional<DirectCommand> command = Optional.empty();
    private String obstacle = "this program takes them from a file of its own";

    AppliedSettings(Task task, Recognised service) {
        this.task = task;
        this.service = service;
    }

    /// The command that flags go into.
    void takes(Optional<DirectCommand> understood) {
        command = understood.filter(found -> found.words().stream().noneMatch(SECRET.asPredicate()));
        if (understood.isPresent() && command.isEmpty()) {
            obstacle = "its command seems to hold a secret, which must not be copied into another file";
        } else if (understood.isEmpty()) {
            obstacle = "its command is a script, stands in an entrypoint or runs through another program";
        }
    }

    /// Why what is left over could not be set from outside.
    void obstacle(String why) {
        obstacle = why;
    }

    /// Sets a choice as a flag; the first name is written, the others replaced.
    void flag(Sizing.Choice choice, String... names) {
        command.ifPresent(found -> change(found.with(choice.value(), names), choice));
    }

    void change(DirectCommand changed, Sizing.Choice choice) {
        command = Optional.of(changed);
        flags.add(choice.setting());
        applied.add(choice.setting());
    }

    Optional<DirectCommand> command() {
        return command;
    }

    /// Sets a variable of the container to a choice's value.
    void variable(Sizing.Choice choice, String name) {
        variable(choice, name, choice.value());
    }

    void variable(Sizing.Choice choice, String name, String value) {
        if (service.service().variable(name).isEmpty() && service.service().built().filter(made -> made
                .unknownVariables().contains(name)).isPresent()) {
            kept(choice, "its Dockerfile sets " + name + " to what is not known here");
            return;
        }
        variables.put(name, value);
        var reason = choice.setting() + ": " + choice.arithmetic();
        reasons.merge(name, reason, (earlier, later) -> earlier + "; " + later);
        applied.add(choice.setting());
    }

    /// What a variable holds so far.
    String value(String name) {
        return variables.getOrDefault(name, service.service().variable(name).map(Located::value).orElse(""));
    }

    /// A config file that the program reads beside its own.
    void file(Sizing.Choice choice, String name, String content, String target) {
        var path = service.name() + "/" + name;
        files.add(RenderedFile.of(path, content));
        mounts.add(ComposeText.mount(task, service.name(), path, target, choice.setting() + ": "
                + choice.arithmetic()));
        applied.add(choice.setting());
    }

    /// Leaves a choice alone for a reason the user should know.
    void kept(Sizing.Choice choice, String why) {
        notes.add(
                service.name() + ": " + choice.setting() + " stays as it is instead of " + choice.value() + ", because "
                        + why + ".");
        applied.add(choice.setting());
    }

    /// Something that the user should know before the settings are in force.
    void say(String sentence) {
        notes.add(service.name() + ": " + sentence);
    }

    Set<String> applied() {
        return applied;
    }

    String obstacle() {
        return obstacle;
    }

    List<String> keptNotes() {
        return notes;
    }

    List<RenderedFile> files() {
        return files;
    }

    List<Patch> patches() {
        var patches = new ArrayList<>(mounts);
        command.filter(_ -> !flags.isEmpty()).ifPresent(changed -> patches.add(changed.patch(service.name(),
                "planned: " + String.join(", ", flags))));
        variables.forEach((name, value) -> patches.add(ComposeText.environment(service.name(), name,
                ComposeText.literal(value), reasons.getOrDefault(name, ""))));
        return patches;
    }
}
