package dev.plimsoll.render;

import dev.plimsoll.kinds.Unknown;
import dev.plimsoll.lock.LockedService;
import dev.plimsoll.lock.LockedSetting;
import dev.plimsoll.plan.ServicePlan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All parts of a rendered stack, before they become files.
///
/// @param files of the services, sorted by path
/// @param settings by service: those in force beyond the plan's choices
/// @param notes sentences for the user
public record Rendering(Task task, List<Variable> variables, List<RenderedFile> files, List<Patch> patches,
        Map<String, List<LockedSetting>> settings, List<String> notes) {
    public Rendering {
        files = List.copyOf(files);
        patches = List.copyOf(patches);
        notes = List.copyOf(notes);
    }

    /// What may have another value in `.env`.
    List<Variable> optionalVariables() {
        var needed = variables.stream().map(Variable::name).toList();
        return OwnVariables.optional(task.plan().inventory().stack()).stream().filter(variable -> !needed.contains(
                variable.name())).toList();
    }

    /// What needs a value in `.env`, each name once.
    public static List<Variable> variables(Task task) {
        var all = new LinkedHashMap<String, Variable>();
        Renderers.ALL.stream().flatMap(renderer -> renderer.variables(task).stream())
                .forEach(variable -> all.putIfAbsent(variable.name(), variable));
        return List.copyOf(all.values());
    }

    /// @param secrets a value for each secret of [#variables]
    public static Rendering of(Task task, Secrets secrets) {
        var files = new ArrayList<RenderedFile>();
        var patches = new ArrayList<Patch>();
        var settings = new LinkedHashMap<String, List<LockedSetting>>();
        var notes = new ArrayList<String>();
        for (var renderer : Renderers.ALL) {
            var part = renderer.render(task, secrets);
            files.addAll(part.files());
            patches.addAll(part.patches());
            notes.addAll(part.notes());
            part.settings().forEach((service, more) -> settings.computeIfAbsent(service, name -> new ArrayList<>())
                    .addAll(more));
        }
        guessed(task).ifPresent(notes::add);
        files.sort(Comparator.comparing(RenderedFile::path));
        return new Rendering(task, variables(task), files, patches, settings, notes.stream().distinct().toList());
    }

    /// Limits that nothing but the room on the server speaks for.
    private static Optional<String> guessed(Task task) {
        var names = task.plan().services().stream().filter(planned -> planned.kind().equals(Unknown.ID)).filter(
                planned -> Unknown.isGuessed(task.recognised(planned))).map(ServicePlan::service).toList();
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(String.join(", ", names) + (names.size() == 1
                        ? ": nothing is known of what it needs, so its limit is a guess"
                        : ": nothing is known of what they need, so their limits are guesses")
                        + " that may be too low. Look under load; `plimsoll calibrate` measures it, and a mem_limit of "
                        + "your own is kept to.");
    }

    /// The services for the lock: plan and further settings.
    public List<LockedService> lockedServices() {
        return task.plan().services().stream().map(this::locked).toList();
    }

    private LockedService locked(ServicePlan planned) {
        var known = task.recognised(planned);
        var all = new LinkedHashMap<String, LockedSetting>();
        planned.choices().forEach(choice -> all.put(choice.setting(), new LockedSetting(choice.setting(),
                choice.value(), choice.arithmetic(), choice.source())));
        settings.getOrDefault(planned.service(), List.of()).forEach(setting -> all.put(setting.name(), setting));
        var most = ServiceLimits.most(known.role(), task.plan().inventory().host().cpus());
        var cpus = known.service().cpuLimit().map(own -> own.value()).filter(own -> own.compareTo(most) <= 0)
                .orElse(most);
        return new LockedService(planned.service(), planned.kind(), known.role(), known.service().image()
                .map(image -> image.value()), planned.replicas(), planned.limit(), planned.reservation(),
                planned.ceiling().map(amount -> amount.total()), cpus, List.copyOf(all.values()));
    }
}
