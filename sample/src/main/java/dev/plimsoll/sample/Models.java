package dev.plimsoll.sample;

import dev.plimsoll.runtime.telemetry.Traces;
import dev.plimsoll.sample.answer.Endpoint;
import dev.plimsoll.sample.answer.ExtractiveWriter;
import dev.plimsoll.sample.answer.ModelEmbedder;
import dev.plimsoll.sample.answer.ModelWriter;
import dev.plimsoll.sample.answer.Writer;
import dev.plimsoll.sample.search.Embedder;
import dev.plimsoll.sample.search.HashingEmbedder;
import java.util.Optional;

/// Who writes and who embeds.
///
/// @param names of both: what one pair made is of no use to another
record Models(Writer writer, Embedder embedder, String names) {
    static Models of(Optional<Settings.Model> chosen, Traces traces) {
        if (chosen.isEmpty()) {
            return new Models(new ExtractiveWriter(), new HashingEmbedder(), "extractive hashing");
        }
        var model = chosen.get();
        var endpoint = new Endpoint(model, traces);
        Embedder embedder = model.embedding().<Embedder>map(name -> new ModelEmbedder(endpoint, name)).orElseGet(
                HashingEmbedder::new);
        return new Models(new ModelWriter(endpoint, new ExtractiveWriter()), embedder, model.name() + " " + model
                .embedding().orElse("hashing"));
    }
}
