package dev.plimsoll.stack;

import dev.plimsoll.source.Located;
import dev.plimsoll.source.Location;
import java.util.Optional;

/// A top-level entry of `configs` or `secrets`.
///
/// @param file host path relative to the project
/// @param content the text itself, when it stands in the Compose file
public record FileDefinition(String name, Optional<Located<String>> file, Optional<Located<String>> content,
        boolean external, Location where) {}
