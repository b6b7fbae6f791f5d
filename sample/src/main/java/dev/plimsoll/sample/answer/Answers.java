package dev.plimsoll.sample.answer;

import dev.plimsoll.sample.search.Vector;
import java.util.function.Supplier;

/// Answers given before, found again by meaning.
public interface Answers {
    /// @param source empty for all
    /// @param make what is to be answered when nothing is kept
    Asking.Reply get(String source, String question, Vector vector, Supplier<Answer> make);
}
