package dev.plimsoll.observe;

import dev.plimsoll.source.InputException;
import dev.plimsoll.yaml.Node;
import dev.plimsoll.yaml.YamlReader;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// JSON as servers answer it. JSON is YAML, so the one reader with its bounds does for both.
final class Json {
    private Json() {}

    /// Empty when the text is no JSON, has no content, or exceeds the reader's bounds.
    static Optional<Node> read(String text) {
        try {
            return YamlReader.read("answer", text.strip());
        } catch (InputException unreadable) {
            return Optional.empty();
        }
    }

    /// The node at the end of a path of keys.
    static Optional<Node> at(Node node, String... path) {
        var found = Optional.of(node);
        for (var key : path) {
            found = found.flatMap(Node::asMapping).flatMap(mapping -> mapping.get(key));
        }
        return found;
    }

    static Optional<String> text(Node node, String... path) {
        return at(node, path).flatMap(Node::asScalar).filter(scalar -> !scalar.isNull()).map(Node.Scalar::text);
    }

    static Optional<Double> number(Node node, String... path) {
        return text(node, path).flatMap(Json::number);
    }

    static Optional<Double> number(String text) {
        try {
            return Optional.of(Double.parseDouble(text.strip())).filter(Double::isFinite);
        } catch (NumberFormatException none) {
            return Optional.empty();
        }
    }

    static boolean isTrue(Node node, String... path) {
        return text(node, path).filter(text -> text.equals("true")).isPresent();
    }

    static Stream<Node> items(Node node, String... path) {
        return at(node, path).flatMap(Node::asSequence).map(Node.Sequence::items).orElse(List.of()).stream();
    }

    static Stream<String> texts(Node node, String... path) {
        return items(node, path).flatMap(item -> item.asScalar().stream()).map(Node.Scalar::text);
    }

    /// The value of the first series in the answer to a query of Prometheus.
    static Optional<Double> sample(Node answer) {
        return items(answer, "data", "result").findFirst().flatMap(series -> texts(series, "value").skip(1).findFirst())
                .flatMap(Json::number);
    }
}
