package dev.plimsoll.sample.answer;

import dev.plimsoll.sample.search.Embedder;
import dev.plimsoll.sample.search.Retrieval;
import dev.plimsoll.sample.search.Words;
import dev.plimsoll.sample.store.Questions;
import java.util.TreeSet;

/// Answers a question: from the cache, else from the passages nearest to it. What was asked is noted for the reports.
public final class Asking {
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
        var vector = embedder.embed(question);
        var reply = answers.get(source, question, vector, () -> writer.write(question, retrieval.nearest(question,
                vector, source, PASSAGES)));
        questions.add(new Questions.Asked(source, question, String.join(" ", new TreeSet<>(Words.of(question))), reply
                .answer().confidence(), reply.answer().documents(), reply.cached()));
        return reply;
    }
}
