package dev.plimsoll.sample.store;

import dev.plimsoll.sample.search.Vector;
import dev.plimsoll.sample.text.Extraction;
import dev.plimsoll.sample.text.Format;
import dev.plimsoll.sample.text.UnreadableException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Documents and their passages.
public final class Documents {
    private static final String COLUMNS = "id, source, title, media_type, size_bytes, state, problem, chunk_count, "
            + "created_at";

    /// Passages in one round trip: a batch is kept whole until it is sent.
    private static final int AT_ONCE = 200;
    /// Of which two renewals may be missed.
    private static final String CLAIMED = "now() + interval '30 seconds'";
    /// Bytes of an upload in one answer.
    private static final int PIECE = 1 << 20;

    private final Database database;

    public Documents(Database database) {
        this.database = database;
    }

    /// A document that waits to be read.
    public static final class Unread {
        private final Format format;
        private final byte[] content;

        private Unread(Format format, byte[] content) {
            this.format = format;
            this.content = content;
        }

        public List<String> paragraphs(int longest) throws UnreadableException {
            return Extraction.paragraphs(format, content, longest);
        }
    }

    /// @param vectors one for each passage
    public record Read(List<String> passages, List<Vector> vectors) {}

    public Document add(String source, String title, Format format, byte[] content) {
        return database.first("document_add", "INSERT INTO documents (source, title, media_type, size_bytes, content) "
                + "VALUES (?, ?, ?, ?, ?) RETURNING " + COLUMNS, Documents::document, source, title, format.mediaType(),
                content.length, content).orElseThrow();
    }

    public List<Document> after(long id, int limit) {
        return database.query("document_list", "SELECT " + COLUMNS + " FROM documents WHERE id > ? ORDER BY id LIMIT ?",
                Documents::document, id, limit);
    }

    public Optional<Document> find(long id) {
        return database.first("document_find", "SELECT " + COLUMNS + " FROM documents WHERE id = ?",
                Documents::document, id);
    }

    /// @return whether there was one
    public boolean remove(long id) {
        return database.update("document_remove", "DELETE FROM documents WHERE id = ?", id) > 0;
    }

    /// The upload comes piece by piece: the driver takes three times the memory of what it gets at once.
    public Optional<Unread> unread(long id) {
        return database.transaction("document_content", session -> {
            var head = session.query("SELECT media_type, octet_length(content) FROM documents WHERE id = ? "
                    + "AND content IS NOT NULL FOR SHARE",
                    row -> new Unread(Format.of(row.getString(1)).orElseThrow(),
                            new byte[row.getInt(2)]),
                    id);
            for (var unread : head) {
                for (var at = 0; at < unread.content.length; at += PIECE) {
                    var piece = session.query("SELECT substring(content FROM ? FOR ?) FROM documents WHERE id = ?",
                            row -> row.getBytes(1), at + 1, PIECE, id).getFirst();
                    System.arraycopy(piece, 0, unread.content, at, piece.length);
                }
            }
            return head.stream().findFirst();
        });
    }

    public List<Long> waiting() {
        return database.query("document_waiting", "SELECT id FROM documents WHERE state = 'waiting' ORDER BY id",
                row -> row.getLong(1));
    }

    /// Makes documents of a source that are not ready wait again and notes the time.
    ///
    /// @return those that wait now
    public List<Long> sync(String source) {
        return database.transaction("sync", session -> {
            session.update("INSERT INTO syncs VALUES (?, now()) ON CONFLICT (source) DO UPDATE SET synced_at = now()",
                    source);
            return session.query(
                    "UPDATE documents SET state = 'waiting', problem = NULL, attempts = 0 WHERE source = ? "
                            + "AND state <> 'ready' AND content IS NOT NULL RETURNING id",
                    row -> row.getLong(1), source);
        });
    }

    /// Counts a reading before it begins, and claims the document.
    ///
    /// @return how many have begun with this one; empty when there is nothing to read or another copy of the service
    /// reads it
    public Optional<Integer> attempt(long id) {
        return database.first("document_attempt", "UPDATE documents SET attempts = attempts + 1, claimed_until = "
                + CLAIMED
                + " WHERE id = ? AND content IS NOT NULL AND (claimed_until IS NULL OR claimed_until < now()) "
                + "RETURNING attempts", row -> row.getInt(1), id);
    }

    /// Renews the claims on documents that are still being read.
    public void keepClaims(Collection<Long> ids) {
        database.update("document_claims", "UPDATE documents SET claimed_until = " + CLAIMED
                + " WHERE id = ANY(?) AND claimed_until IS NOT NULL", (Object) ids.toArray(Long[]::new));
    }

    /// Takes back a count: the reading ended for a reason that is not the document's.
    public void forgive(long id) {
        database.update("document_forgive", "UPDATE documents SET attempts = greatest(attempts - 1, 0), "
                + "claimed_until = NULL WHERE id = ?", id);
    }

    /// Documents of one source that became searchable and were not announced yet.
    public record Unannounced(String source, List<Long> ids) {
        public Unannounced {
            ids = List.copyOf(ids);
        }
    }

    public List<Unannounced> unannounced() {
        return database.query("document_unannounced", "SELECT source, array_agg(id) FROM documents WHERE NOT announced "
                + "GROUP BY source ORDER BY source",
                row -> new Unannounced(row.getString(1), List.of((Long[]) row
                        .getArray(2).getArray())));
    }

    public void announced(Unannounced told) {
        database.update("document_announced", "UPDATE documents SET announced = true WHERE id = ANY(?)", (Object) told
                .ids().toArray(Long[]::new));
    }

    /// Keeps the passages and lets the upload go. What was kept of the source is old from now on, until it
    /// is announced.
    public void ready(long id, Read read) {
        var count = read.passages().size();
        database.transaction("document_ready", session -> {
            // Another copy of the service may have read it too.
            session.query("SELECT id FROM documents WHERE id = ? FOR UPDATE", row -> row.getLong(1), id);
            session.update("DELETE FROM chunks WHERE document_id = ?", id);
            for (var from = 0; from < count; from += AT_ONCE) {
                session.batch("INSERT INTO chunks (document_id, ordinal, text, embedding) SELECT d.id, v.o, v.t, v.e "
                        + "FROM documents d, (VALUES (?::bigint, ?::int, ?::text, ?::bytea)) v(d, o, t, e) "
                        + "WHERE d.id = v.d", rows(id, read, from, Math.min(count, from + AT_ONCE)));
            }
            return session.update(
                    "UPDATE documents SET state = 'ready', problem = NULL, content = NULL, claimed_until = NULL, "
                            + "chunk_count = ?, announced = false WHERE id = ?",
                    count, id);
        });
    }

    private static List<Object[]> rows(long id, Read read, int from, int to) {
        var rows = new ArrayList<Object[]>();
        for (var at = from; at < to; at++) {
            rows.add(new Object[]{id, at, read.passages().get(at), read.vectors().get(at).bytes()});
        }
        return rows;
    }

    /// Another copy of the service may have read it meanwhile.
    public void failed(long id, String problem) {
        database.update("document_failed", "UPDATE documents SET state = 'failed', problem = ?, claimed_until = NULL "
                + "WHERE id = ? AND state = 'waiting'", problem, id);
    }

    private static Document document(ResultSet row) throws SQLException {
        return new Document(row.getLong(1), row.getString(2), row.getString(3), row.getString(4), row.getLong(5), row
                .getString(6), Optional.ofNullable(row.getString(7)), row.getInt(8),
                row.getObject(9,
                        OffsetDateTime.class).toInstant());
    }
}
