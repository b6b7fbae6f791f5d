package dev.plimsoll.load;

import dev.plimsoll.source.InputException;
import dev.plimsoll.source.Location;
import dev.plimsoll.source.Problem;
import dev.plimsoll.units.Durations;
import dev.plimsoll.yaml.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import tools.jackson.core.JsonPointer;

/// Strict access to the nodes of a traffic file: what has another form than expected becomes a problem.
final class TrafficNodes {
    private final List<Problem> problems = new ArrayList<>();

    void problem(Location where, String what, String remedy) {
        problems.add(new Problem(where, what, remedy));
    }

    void problem(Node.Mapping parent, String key, String what, String remedy) {
        problem(parent.get(key).map(Node::where).orElse(parent.where()), what, remedy);
    }

    /// @throws InputException when there are any
    void throwProblems() {
        if (!problems.isEmpty()) {
            throw new InputException(TrafficFile.sorted(problems));
        }
    }

    void allow(Node.Mapping mapping, String... keys) {
        mapping.entries().keySet().stream().filter(key -> !List.of(keys).contains(key)).forEach(key -> problem(mapping
                .keyLocation(key), "`" + key + "` is not known here", "There are " + String.join(", ", keys)));
    }

    Optional<Node.Mapping> mapping(Node node) {
        if (node.asMapping().isEmpty()) {
            problem(node.where(), "a mapping is expected here", "Write `key: value` lines");
        }
        return node.asMapping();
    }

    Optional<Node.Mapping> mapping(Node.Mapping parent, String key) {
        return parent.get(key).filter(node -> !node.isNull()).flatMap(this::mapping);
    }

    List<Node> items(Node.Mapping parent, String key) {
        var node = parent.get(key);
        node.filter(found -> found.asSequence().isEmpty()).ifPresent(found -> problem(found.where(), "`" + key
                + "` is a list", "Begin each item with `- `"));
        return node.flatMap(Node::asSequence).map(Node.Sequence::items).orElse(List.of());
    }

    Optional<String> text(Node.Mapping parent, String key) {
        var node = parent.get(key).filter(found -> !found.isNull());
        node.filter(found -> found.asScalar().isEmpty()).ifPresent(found -> problem(found.where(), "`" + key
                + "` is a text", "Write it in one line, in quotes if need be"));
        return node.flatMap(Node::asScalar).map(Node.Scalar::text);
    }

    Optional<Double> number(Node.Mapping parent, String key, double least, double most) {
        return text(parent, key).flatMap(text -> {
            var number = text.matches("\\d{1,9}(\\.\\d{1,6})?")
                    ? Optional.of(Double.valueOf(text))
                    : Optional
                            .<Double>empty();
            var fits = number.filter(value -> value >= least && value <= most);
            if (fits.isEmpty()) {
                problem(parent, key, "`" + text + "` is no usable number", "Write one from " + CliffWords.number(least)
                        + " to " + CliffWords.number(most));
            }
            return fits;
        });
    }

    /// A count from 1 on.
    Optional<Integer> whole(Node.Mapping parent, String key, int most) {
        return number(parent, key, 1, most).flatMap(value -> {
            if (value != Math.rint(value)) {
                problem(parent, key, "`" + CliffWords.number(value) + "` is no whole number", "Write one from 1 to "
                        + most);
                return Optional.empty();
            }
            return Optional.of(value.intValue());
        });
    }

    Optional<Duration> span(Node.Mapping parent, String key) {
        return text(parent, key).flatMap(text -> {
            var span = Durations.parse(text)
                    .filter(found -> !found.isZero() && found.compareTo(Duration.ofDays(1)) <= 0);
            if (span.isEmpty()) {
                problem(parent, key, "`" + text + "` is no time", "Write one such as 300ms, 30s or 5m");
            }
            return span;
        });
    }

    /// `1%` or `0.5 %` as a share.
    Optional<Double> percent(Node.Mapping parent, String key) {
        return text(parent, key).flatMap(text -> {
            if (!text.matches("\\d{1,3}(\\.\\d{1,6})? ?%")) {
                problem(parent, key, "`" + text + "` is no percentage", "Write one such as 1%");
                return Optional.empty();
            }
            return Optional.of(Double.parseDouble(text.replace("%", "").strip()) / 100);
        });
    }

    Optional<Extraction> extraction(String name, Node.Mapping how) {
        allow(how, "json", "regex");
        var json = text(how, "json");
        var regex = text(how, "regex");
        if (json.isPresent() == regex.isPresent()) {
            problem(how.where(), "`" + name + "` needs either json or regex",
                    "Write `{json: /id}` or `{regex: 'id=(.*)'}`");
            return Optional.empty();
        }
        try {
            return json.<Extraction>map(text -> new Extraction.Json(name, JsonPointer.compile(text)))
                    .or(() -> regex.map(
                            text -> new Extraction.Regex(name, Pattern.compile(text))));
        } catch (PatternSyntaxException bad) {
            problem(how, "regex", "this is no regular expression: " + bad.getDescription(), "Correct it");
        } catch (IllegalArgumentException bad) {
            problem(how, "json", "`" + json.orElse("") + "` is no JSON pointer", "Write one such as /items/0/id");
        }
        return Optional.empty();
    }
}
