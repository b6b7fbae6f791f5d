package dev.plimsoll.sample.ingest;

import dev.plimsoll.sample.search.Embedder;
import dev.plimsoll.sample.search.EmbeddingException;
import dev.plimsoll.sample.store.DatabaseException;
import dev.plimsoll.sample.store.Documents;
import dev.plimsoll.sample.text.Chunks;
import dev.plimsoll.sample.text.UnreadableException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads one document: its text, its passages, their vectors. Heavy on processor and memory.
public final class Reading {
    private static final Logger LOG = LoggerFactory.getLogger(Reading.class);
    /// Text of one document against its largest upload: text compresses to about a quarter.
    private static final int TEXT_TO_UPLOAD = 4;

    static final String READER_FAILED = "cannot be read: its reader failed";

    private final Documents documents;
    private final Embedder embedder;
    private final int longest;

    /// @param uploadLimit bytes
    public Reading(Documents documents, Embedder embedder, int uploadLimit) {
        this.documents = documents;
        this.embedder = embedder;
        this.longest = (int) Math.min(Integer.MAX_VALUE / 2L, (long) uploadLimit * TEXT_TO_UPLOAD);
    }

    /// Reads it to its end, good or bad. What is thrown is not the document's fault, and it goes on waiting.
    ///
    /// @throws DatabaseException if the database cannot answer
    /// @throws EmbeddingException if the embedder cannot
    public void read(long id) {
        try {
            var passages = passages(id);
            if (passages.isEmpty()) {
                return;
            }
            var chunks = passages.get();
            documents.ready(id, new Documents.Read(chunks, embedder.embed(chunks)));
            LOG.debug("document {} is ready with {} passages", id, chunks.size());
        } catch (UnreadableException reason) {
            LOG.info("document {} cannot be read: it {}", id, reason.getMessage());
            documents.failed(id, String.valueOf(reason.getMessage()));
        } catch (RuntimeException failure) {
            if (isPassing(failure)) {
                throw failure;
            }
            LOG.error("document {} cannot be read", id, failure);
            documents.failed(id, READER_FAILED);
        }
    }

    /// The upload and its text are let go with this call: three of a large document beside its vectors are much.
    private Optional<List<String>> passages(long id) throws UnreadableException {
        var unread = documents.unread(id);
        return unread.isEmpty() ? Optional.empty() : Optional.of(Chunks.of(unread.get().paragraphs(longest)));
    }

    private static boolean isPassing(RuntimeException failure) {
        return failure instanceof EmbeddingException || failure instanceof DatabaseException database && !database
                .refusesData();
    }
}
