package dev.plimsoll.sample.answer;

import dev.plimsoll.sample.search.Passage;
import java.util.List;

/// Writes an answer from passages.
public interface Writer {
    /// The `model` of the answers that it writes itself.
    String name();

    Answer write(String question, List<Passage> passages);
}
