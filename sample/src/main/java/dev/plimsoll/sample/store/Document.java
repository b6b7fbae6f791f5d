package dev.plimsoll.sample.store;

import java.time.Instant;
import java.util.Optional;

/// A document as it is listed.
///
/// @param state `waiting` to be read, `ready` or `failed`
/// @param problem why it failed
public record Document(long id, String source, String title, String mediaType, long sizeBytes, String state,
        Optional<String> problem, int chunkCount, Instant createdAt) {}
