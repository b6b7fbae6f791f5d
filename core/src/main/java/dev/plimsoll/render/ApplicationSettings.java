package dev.plimsoll.render;

import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.kinds.Sizing;
import dev.plimsoll.plan.ServicePlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Applies the planned settings of every service whose image takes them from documented flags or variables. Commands
/// are changed only where their words are understood; what cannot be set from outside is named in a note.
public final class ApplicationSettings implements Renderer {
    /// Kinds with renderers of their own.
    private static final List<String> ELSEWHERE = List.of("postgres", "redis", "pgbouncer");

    @Override
    public Part render(Task task, Secrets secrets) {
        var files = new ArrayList<RenderedFile>();
        var patches = new ArrayList<Patch>();
        var notes = new ArrayList<String>();
        for (var plan : task.plan().services()) {
            if (ELSEWHERE.contains(plan.kind()) || plan.choices().isEmpty()) {
                continue;
            }
            var service = task.plan().inventory().named(plan.service()).orElseThrow();
            var target = new AppliedSettings(task, service);
            apply(plan, service, target);
            files.addAll(target.files());
            patches.addAll(target.patches());
            notes.addAll(target.keptNotes());
            unapplied(plan, service, target).ifPresent(notes::add);
        }
        return new Part(files, patches, Map.of(), notes);
    }

    private static void apply(ServicePlan plan, Recognised service, AppliedSettings target) {
        switch (plan.kind()) {
            case "gunicorn", "celery", "sidekiq", "ruby", "python-worker", "python" -> WorkerSettings.apply(plan,
                    service, target);
            case "go" -> plan.choices().stream().filter(choice -> !service.clues().has(choice.setting())).forEach(
                    choice -> target.variable(choice, choice.setting()));
            case "jvm", "elasticsearch", "kafka", "node" -> HeapSettings.apply(plan, service, target);
            default -> ServerSettings.apply(plan, service, target);
        }
    }

    /// The choices nobody applied and that are not in force already.
    private static Optional<String> unapplied(ServicePlan plan, Recognised service, AppliedSettings target) {
        var left = plan.choices().stream().filter(choice -> !target.applied().contains(choice.setting())
                && !isInForce(plan, service, choice)).map(choice -> choice.setting() + " = " + choice.value()).toList();
        return left.isEmpty()
                ? Optional.empty()
                : Optional.of(plan.service() + ": set " + String.join(", ", left) + " by hand, because "
                        + target.obstacle() + ".");
    }

    /// Whether the service runs with the value as it is: written so, or the program's own default.
    private static boolean isInForce(ServicePlan plan, Recognised service, Sizing.Choice choice) {
        var written = service.settings().value(choice.setting().replaceFirst("^(-XX:|--)", ""));
        if (written.isPresent()) {
            return written.get().equals(choice.value());
        }
        // Celery counts the cores of the machine it starts on, which may not be the one planned for.
        return !plan.kind().equals("celery") && service.hints().workers().isEmpty() && plan.lever()
                .filter(lever -> lever.setting().equals(choice.setting())
                        && choice.value().equals(String.valueOf(lever.declared())))
                .isPresent();
    }
}
