package dev.plimsoll.sample.answer;

import dev.plimsoll.sample.search.Embedder;
import dev.plimsoll.sample.search.EmbeddingException;
import dev.plimsoll.sample.search.Retrieval;
import dev.plimsoll.sample.search.Vector;
import dev.plimsoll.sample.search.Words;
import dev.plimsoll.sample.store.Questions;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers a question: from the cache, else from the passages nearest to it. What was asked is noted for the reports.
public final class Asking {
    private static final Logger LOG = LoggerFactory.getLogger(Asking.class);
    /// Passages that an answer may rest on.
    static final int PASSAGES = 8;

    private final Embedder embedder;
    private final Answers answers;
    private final Retrieval retrieval;
    private final Writer writer;
    private final Questions questions;

    public Asking(Embedder embedder, Answers answers, Retrieval retrieval, Writer writer, Questions questions) {
        this.embedder = embedder;
        this.answers = answers;
        this.retrieval = retrieval;
        this.writer = writer;
        this.questions = questions;
    }

    /// @param cached whether the answer was given before
    public record Reply(Answer answer, boolean cached) {}

    /// @param source empty for all
    public Reply ask(String source, String question) {
        var vector = vector(question);
        var reply = answers.get(source, question, vector, () -> writer.write(question, retrieval.nearest(question,
                vector, source, PASSAGES)));
        questions.add(new Questions.Asked(source, question, String.join(" ", new TreeSet<>(Words.of(question))), reply
                .answer().confidence(), reply.answer().documents(), reply.cached()));
        return reply;
    }

    /// Without one passages are found and ordered by words alone, and nothing is kept.
    private Vector vector(String question) {
        try {
            return embedder.embed(question);
        } catch (EmbeddingException away) {
            LOG.warn("a question is answered by its words alone: {}", away.getMessage());
            return Vector.NONE;
        }
    }
}
