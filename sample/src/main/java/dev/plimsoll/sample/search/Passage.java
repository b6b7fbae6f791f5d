package dev.plimsoll.sample.search;

/// A piece of a document that may answer a question.
///
/// @param score likeness to the question, 0 to 1
public record Passage(long documentId, String title, int ordinal, String text, double score) {}
