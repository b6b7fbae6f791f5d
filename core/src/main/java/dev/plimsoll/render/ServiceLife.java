package dev.plimsoll.render;

import dev.plimsoll.kinds.OneShots;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.kinds.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// How services start again, stop, log, and who goes first when the server itself runs out of memory. Only what the
/// user has not said.
final class ServiceLife implements Renderer {
    @Override
    public Part render(Task task, Secrets secrets) {
        var patches = new ArrayList<Patch>();
        for (var planned : task.plan().services()) {
            var service = task.recognised(planned);
            var job = OneShots.is(service, task.plan().inventory());
            if (!job) {
                restart(service).ifPresent(patches::add);
                gracePeriod(service).ifPresent(patches::add);
            }
            logging(service).ifPresent(patches::add);
            oomScore(service).ifPresent(patches::add);
        }
        return Part.of(List.of(), patches);
    }

    private static Optional<Patch> restart(Recognised service) {
        var own = service.service().restart().map(text -> text.value()).filter(text -> !text.isBlank());
        return own.isPresent() || service.service().mapping("deploy", "restart_policy").isPresent()
                ? Optional.empty()
                : Optional.of(Patch.set(service.name(), List.of("restart"), "unless-stopped",
                        ""));
    }

    /// The engine waits 10 seconds and then kills: too short for a database to write what is only in memory, and for a
    /// job to finish.
    private static Optional<Patch> gracePeriod(Recognised service) {
        var seconds = switch (service.role()) {
            case DATABASE, SEARCH, STORAGE -> 60;
            case BROKER, WORKER, MONITORING -> 30;
            case APP -> 20;
            case CACHE, POOLER, PROXY, EXPORTER, TOOL -> 10;
        };
        return seconds == 10 || service.service().text("stop_grace_period").isPresent()
                ? Optional.empty()
                : Optional.of(Patch.set(service.name(), List.of("stop_grace_period"), seconds + "s", ""));
    }

    private static Optional<Patch> logging(Recognised service) {
        if (service.service().mapping("logging").isPresent()) {
            return Optional.empty();
        }
        var logging = new LinkedHashMap<String, Object>();
        logging.put("driver", "json-file");
        var options = new LinkedHashMap<String, Object>();
        options.put("max-size", "10m");
        options.put("max-file", "3");
        logging.put("options", options);
        return Optional.of(Patch.set(service.name(), List.of("logging"), logging, ""));
    }

    /// Higher goes first. Only raised, because lowering needs a privilege that rootless engines lack.
    private static Optional<Patch> oomScore(Recognised service) {
        var score = score(service.role());
        return score == 0 || service.service().text("oom_score_adj").isPresent()
                ? Optional.empty()
                : Optional.of(Patch.set(service.name(), List.of("oom_score_adj"), score,
                        ""));
    }

    static int score(Role role) {
        return switch (role) {
            case DATABASE, SEARCH, STORAGE -> 0;
            case BROKER -> 100;
            case POOLER, PROXY, CACHE -> 200;
            case APP -> 300;
            case MONITORING -> 400;
            case WORKER -> 500;
            case EXPORTER, TOOL -> 700;
        };
    }
}
