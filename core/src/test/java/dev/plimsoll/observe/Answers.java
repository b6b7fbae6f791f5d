package dev.plimsoll.observe;

import dev.plimsoll.kinds.Role;
import dev.plimsoll.lock.Lock;
import dev.plimsoll.lock.LockedService;
import dev.plimsoll.lock.LockedSetting;
import dev.plimsoll.observe.Question.Answer;
import dev.plimsoll.stack.Host;
import dev.plimsoll.units.MemorySize;
import dev.plimsoll.units.Millicores;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Containers and answers for probes.
final class Answers {
    static final Lock LOCK = new Lock("shop", List.of(), List.of(), "production", Host.TYPICAL, MemorySize
            .ofGigabytes(3), List.of(), List.of(),
            List.of(new Lock.LockedFile("it/app.conf", "aa"),
                    new Lock.LockedFile("it/init/10-plimsoll.sql", "bb")));
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private Answers() {}

    static LockedService service(String kind, Role role, LockedSetting... settings) {
        return new LockedService("it", kind, role, Optional.of("it:1"), 1, MemorySize.ofMegabytes(256L), MemorySize
                .ofMegabytes(128L), Optional.empty(), Millicores.ofCores(1), List.of(settings));
    }

    static Container container(LockedService service) {
        return new Container(service.name(), 1, "id", "it:1", "running", Optional.of("healthy"), 0, Optional.of(NOW
                .minusSeconds(60)), Optional.empty(), false, Optional.of(service.limit()), Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 0, "always", true, Map.of(
                        "API_TOKEN", "changeme", "DB_PASSWORD", "x7Kq9", "LOG_LEVEL", "info"),
                List.of(), List.of(new Container.MountedAt("bind", "/srv/plimsoll/it", "/etc/it", false)), List.of(
                        new Container.PublishedPort("127.0.0.1", 8080, 80)));
    }

    static Sight sight(LockedService service, Container container, Map<Question, Answer> answers) {
        return new Sight(LOCK, Optional.of(service), container, Optional.empty(), answers, NOW);
    }

    /// What a probe makes of answers that fit a fragment of the question.
    static Observations read(Probe probe, LockedService service, Map<String, String> byFragment) {
        var container = container(service);
        var answers = new java.util.LinkedHashMap<Question, Answer>();
        probe.questions(LOCK, service, container).forEach(question -> answers.put(question, answer(question,
                byFragment)));
        probe.more(sight(service, container, answers)).forEach(question -> answers.put(question, answer(question,
                byFragment)));
        return probe.read(sight(service, container, answers));
    }

    private static Answer answer(Question question, Map<String, String> byFragment) {
        return byFragment.entrySet().stream().filter(entry -> question.toString().contains(entry.getKey())).findFirst()
                .<Answer>map(entry -> new Answer.Text(entry.getValue())).orElseGet(() -> new Answer.None("refused"));
    }
}
