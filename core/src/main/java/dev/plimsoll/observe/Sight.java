package dev.plimsoll.observe;

import dev.plimsoll.lock.Lock;
import dev.plimsoll.lock.LockedService;
import dev.plimsoll.observe.Question.Answer;
import dev.plimsoll.yaml.Node;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// One container as it was seen at one moment, with the answers to a probe's questions.
///
/// @param service empty for a container that nobody planned
/// @param cgroup empty when the container does not run or this machine does not tell
public record Sight(Lock lock, Optional<LockedService> service, Container container, Optional<CgroupReading> cgroup,
        Map<Question, Answer> answers, Instant when) {
    public Sight {
        answers = Map.copyOf(answers);
    }

    /// Whether the service is of one of the kinds with these ids.
    boolean is(String... kinds) {
        return service.filter(found -> found.is(kinds)).isPresent();
    }

    /// The text of an answer; without one, a gap below `what`.
    Optional<String> text(Question question, String what, Facts facts) {
        return switch (answers.getOrDefault(question, new Answer.None("it was not asked"))) {
            case Answer.Text(String text) -> Optional.of(text);
            case Answer.None(String why, _) -> {
                facts.gap(what, why);
                yield Optional.empty();
            }
        };
    }

    /// The JSON of an answer; without any, a gap below `what`.
    Optional<Node> json(Question question, String what, Facts facts) {
        return text(question, what, facts).flatMap(text -> {
            var node = Json.read(text);
            if (node.isEmpty()) {
                facts.gap(what, "the answer is no JSON that can be read");
            }
            return node;
        });
    }
}
