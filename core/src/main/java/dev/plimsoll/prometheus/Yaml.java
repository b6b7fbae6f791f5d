package dev.plimsoll.prometheus;

import dev.plimsoll.source.Located;
import dev.plimsoll.yaml.Node;
import java.util.List;
import java.util.Optional;

/// Lenient access to YAML nodes: what has another form than expected is left out.
final class Yaml {
    private Yaml() {}

    static Optional<Located<String>> text(Node.Mapping mapping, String key) {
        return mapping.get(key).flatMap(Node::asScalar).filter(scalar -> !scalar.isNull()).map(Node.Scalar::located);
    }

    static List<Node> items(Node.Mapping mapping, String key) {
        return mapping.get(key).flatMap(Node::asSequence).map(Node.Sequence::items).orElse(List.of());
    }

    static List<Node.Mapping> mappings(Node.Mapping mapping, String key) {
        return items(mapping, key).stream().flatMap(item -> item.asMapping().stream()).toList();
    }

    static List<Located<String>> texts(Node.Mapping mapping, String key) {
        return items(mapping, key).stream().flatMap(item -> item.asScalar().stream())
                .filter(scalar -> !scalar.isNull()).map(Node.Scalar::located).toList();
    }

    static Node.Mapping mapping(Node.Mapping mapping, String key) {
        return mapping.get(key).flatMap(Node::asMapping).orElseGet(() -> Node.Mapping.empty(mapping.where()));
    }

    static boolean isTrue(Node.Mapping mapping, String key) {
        return text(mapping, key).filter(text -> text.value().equals("true")).isPresent();
    }
}
