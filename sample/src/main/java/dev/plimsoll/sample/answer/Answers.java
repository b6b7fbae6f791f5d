package dev.plimsoll.sample.answer;

import dev.plimsoll.sample.search.Vector;
import java.util.Optional;

/// Answers given before, found again by meaning.
public interface Answers {
    /// @param source the same that was asked, empty for all
    Optional<Answer> find(String source, String question, Vector vector);

    void keep(String source, String question, Vector vector, Answer answer);

    /// Forgets what documents of a source may have changed.
    void forget(String source);
}
