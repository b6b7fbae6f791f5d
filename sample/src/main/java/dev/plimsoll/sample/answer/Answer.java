package dev.plimsoll.sample.answer;

import java.util.List;

/// What is answered, and from where.
///
/// @param confidence 0 to 1: likeness of the best passage to the question
/// @param model `extractive`, or the name of the model that wrote the text
public record Answer(String text, double confidence, String model, List<Citation> citations) {
    public Answer {
        citations = List.copyOf(citations);
    }

    /// A passage that the answer rests on.
    public record Citation(long documentId, String title, int passage, String quote, double score) {}

    public List<Long> documents() {
        return citations.stream().map(Citation::documentId).distinct().toList();
    }
}
