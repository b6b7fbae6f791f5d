package dev.plimsoll.sample.answer;

import dev.plimsoll.sample.search.Passage;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets a model write the answer from the passages. When the model fails, the answer is the extractive one, and says so
/// in its `model`.
public final class ModelWriter implements Writer {
    private static final Logger LOG = LoggerFactory.getLogger(ModelWriter.class);
    private static final String TASK = "Answer the question from the numbered passages only, in at most four sentences."
            + " Name the passages you use, as in [1]. When they do not answer it, say so.";

    private final Endpoint endpoint;
    private final Writer otherwise;

    public ModelWriter(Endpoint endpoint, Writer otherwise) {
        this.endpoint = endpoint;
        this.otherwise = otherwise;
    }

    @Override
    public String name() {
        return endpoint.model().name();
    }

    @Override
    public Answer write(String question, List<Passage> passages) {
        var extract = otherwise.write(question, passages);
        if (passages.isEmpty()) {
            return extract;
        }
        try {
            return new Answer(ask(question, passages), extract.confidence(), name(), extract
                    .citations());
        } catch (IOException | RuntimeException failure) {
            LOG.warn("the model did not answer: {}", failure.getMessage());
            return extract;
        }
    }

    private String ask(String question, List<Passage> passages) throws IOException {
        var numbered = IntStream.range(0, passages.size()).mapToObj(at -> "[" + (at + 1) + "] " + passages.get(at)
                .text()).collect(Collectors.joining("\n\n"));
        var answer = endpoint.post("chat/completions", "chat", endpoint.model().name(),
                Map.of("model", endpoint.model().name(), "temperature", 0,
                        "messages", List.of(Map.of("role", "system", "content", TASK), Map.of("role", "user", "content",
                                numbered + "\n\nQuestion: " + question))));
        var text = answer.path("choices").path(0).path("message").path("content").asString("").strip();
        if (text.isEmpty()) {
            throw new IOException("chat/completions answers without a text");
        }
        return text;
    }
}
