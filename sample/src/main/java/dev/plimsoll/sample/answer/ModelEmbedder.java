package dev.plimsoll.sample.answer;

import dev.plimsoll.sample.search.Embedder;
import dev.plimsoll.sample.search.EmbeddingException;
import dev.plimsoll.sample.search.Vector;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Lets a model embed. It fails when the model does: vectors of another embedder would be compared with these in vain.
public final class ModelEmbedder implements Embedder {
    /// Texts of one request; 64 passages are about 50 kB.
    private static final int AT_ONCE = 64;

    private final Endpoint endpoint;
    private final String name;

    public ModelEmbedder(Endpoint endpoint, String name) {
        this.endpoint = endpoint;
        this.name = name;
    }

    @Override
    public List<Vector> embed(List<String> texts) {
        var vectors = new ArrayList<Vector>();
        try {
            for (var from = 0; from < texts.size(); from += AT_ONCE) {
                vectors.addAll(some(texts.subList(from, Math.min(texts.size(), from + AT_ONCE))));
            }
            return vectors;
        } catch (IOException | RuntimeException failure) {
            throw new EmbeddingException(failure);
        }
    }

    private List<Vector> some(List<String> texts) throws IOException {
        var data = endpoint.post("embeddings", "embeddings", name, Map.of("model", name, "input", texts)).path("data");
        if (data.size() != texts.size()) {
            throw new IOException("embeddings answers with " + data.size() + " vectors for " + texts.size()
                    + " texts");
        }
        var vectors = new ArrayList<Vector>();
        for (var item : data) {
            var numbers = item.path("embedding");
            var floats = new float[numbers.size()];
            for (var at = 0; at < floats.length; at++) {
                floats[at] = (float) numbers.path(at).asDouble();
            }
            vectors.add(Vector.of(floats));
        }
        return vectors;
    }
}
