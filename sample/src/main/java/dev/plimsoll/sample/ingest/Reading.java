package dev.plimsoll.sample.ingest;

import dev.plimsoll.sample.search.Embedder;
import dev.plimsoll.sample.store.Documents;
import dev.plimsoll.sample.text.Chunks;
import dev.plimsoll.sample.text.UnreadableException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads one document: its text, its passages, their vectors. Heavy on processor and memory.
public final class Reading {
    private static final Logger LOG = LoggerFactory.getLogger(Reading.class);
    /// Text of one document against its largest upload: text compresses to about a quarter.
    private static final int TEXT_TO_UPLOAD = 4;

    private final Documents documents;
    private final Embedder embedder;
    private final Consumer<String> changed;
    private final int longest;

    /// @param uploadLimit bytes
    /// @param changed told the source of each document that became searchable
    public Reading(Documents documents, Embedder embedder, int uploadLimit, Consumer<String> changed) {
        this.documents = documents;
        this.embedder = embedder;
        this.changed = changed;
        this.longest = (int) Math.min(Integer.MAX_VALUE / 2L, (long) uploadLimit * TEXT_TO_UPLOAD);
    }

    public void read(long id) {
        try {
            var unread = documents.unread(id);
            if (unread.isEmpty()) {
                return;
            }
            var chunks = Chunks.of(unread.get().paragraphs(longest));
            documents.ready(id, new Documents.Read(chunks, embedder.embed(chunks)));
            documents.find(id).ifPresent(document -> changed.accept(document.source()));
            LOG.debug("document {} is ready with {} passages", id, chunks.size());
        } catch (UnreadableException reason) {
            LOG.info("document {} cannot be read: it {}", id, reason.getMessage());
            documents.failed(id, String.valueOf(reason.getMessage()));
        }
    }
}
