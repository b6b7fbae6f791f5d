package dev.plimsoll.stack;

import dev.plimsoll.source.Location;

/// One entry of a service's `configs` or `secrets`.
///
/// @param target path in the container
public record FileReference(String source, String target, boolean secret, Location where) {}
