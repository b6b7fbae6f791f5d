package dev.plimsoll.sample.web;

import dev.plimsoll.sample.ingest.Ingestion;
import dev.plimsoll.sample.store.Documents;
import dev.plimsoll.sample.store.Sources;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/// Documents: upload, list, removal, sync.
public final class Library {
    private static final int PAGE = 50;
    private static final int LARGEST_PAGE = 500;
    /// Uploads held in memory at once; others are asked to come again.
    private static final int UPLOADS = 2;

    private final Documents documents;
    private final Ingestion ingestion;
    private final Sources sources;
    private final int uploadLimit;
    private final Semaphore uploads = new Semaphore(UPLOADS);

    /// @param uploadLimit bytes
    public Library(Documents documents, Ingestion ingestion, int uploadLimit, Sources sources) {
        this.documents = documents;
        this.ingestion = ingestion;
        this.uploadLimit = uploadLimit;
        this.sources = sources;
    }

    /// @param next `after` of the next page
    record Page<T>(List<T> items, Optional<String> next) {}

    /// @param confirmed whether other processes know that what they keep is stale
    record Synced(String source, int reread, boolean confirmed) {}

    public List<Route> routes() {
        return List.of(Route.guarded("POST", "/api/documents", this::upload),
                Route.guarded("GET", "/api/documents", this::list),
                Route.guarded("GET", "/api/documents/{id}", call -> Reply.ok(documents.find(call.id()).orElseThrow(
                        () -> new Refusal(404, "there is no document " + call.id())))),
                Route.guarded("DELETE", "/api/documents/{id}", this::remove),
                Route.guarded("POST", "/api/sync/{source}", this::sync));
    }

    private Reply upload(Call call) throws IOException {
        if (!uploads.tryAcquire()) {
            throw busy("other uploads are under way");
        }
        try {
            var upload = Upload.read(call, uploadLimit);
            var document = documents.add(upload.source(), upload.title(), upload.format(), upload.content());
            if (!ingestion.submit(document.id())) {
                documents.remove(document.id());
                throw busy("many documents wait to be read");
            }
            return new Reply(202, document);
        } finally {
            uploads.release();
        }
    }

    private static Refusal busy(String why) {
        return new Refusal(503, why + "; try again", Map.of("Retry-After", "5"));
    }

    private Reply list(Call call) {
        var limit = call.number("limit", PAGE, 1, LARGEST_PAGE);
        var found = documents.after(call.number("after", 0, 0, Long.MAX_VALUE), limit);
        return Reply.ok(new Page<>(found, found.size() < limit
                ? Optional.empty()
                : Optional.of(String.valueOf(found.getLast().id()))));
    }

    private Reply remove(Call call) {
        var document = documents.find(call.id()).orElseThrow(() -> new Refusal(404, "there is no document " + call
                .id()));
        documents.remove(document.id());
        sources.changed(document.source());
        return Reply.ok(document);
    }

    private Reply sync(Call call) {
        var source = Texts.source(call.path("source"));
        var waiting = documents.sync(source);
        waiting.forEach(ingestion::submit);
        return Reply.ok(new Synced(source, waiting.size(), sources.changed(source)));
    }
}
