package dev.plimsoll.stack;

import dev.plimsoll.source.Location;
import dev.plimsoll.yaml.Node;

/// A top-level entry of `volumes`.
///
/// @param definition as written; empty when nothing is
public record VolumeDefinition(String name, Node.Mapping definition, Location where) {
    /// Whether its data lives in memory only.
    public boolean isTmpfs() {
        return definition.get("driver_opts").flatMap(Node::asMapping).flatMap(options -> options.get("type"))
                .flatMap(Node::asScalar).filter(type -> type.text().equals("tmpfs")).isPresent();
    }
}
