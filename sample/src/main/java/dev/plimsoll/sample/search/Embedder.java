package dev.plimsoll.sample.search;

import java.util.List;

/// Turns texts to vectors so that texts on one subject lie near each other.
public interface Embedder {
    /// @throws EmbeddingException if the embedder does not answer
    List<Vector> embed(List<String> texts);

    default Vector embed(String text) {
        return embed(List.of(text)).getFirst();
    }
}
