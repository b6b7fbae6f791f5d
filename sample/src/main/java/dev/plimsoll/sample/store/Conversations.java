package dev.plimsoll.sample.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/// Conversations and their messages, oldest first, by cursor or by page number.
public final class Conversations {
    private static final String MESSAGES = "SELECT id, role, text, created_at FROM messages WHERE conversation_id = ? ";

    private final Database database;

    public Conversations(Database database) {
        this.database = database;
    }

    public record Conversation(long id, String title, Instant createdAt) {
        public Cursor cursor() {
            return new Cursor(createdAt, id);
        }
    }

    /// @param role `user` or `assistant`
    public record Message(long id, String role, String text, Instant createdAt) {
        public Cursor cursor() {
            return new Cursor(createdAt, id);
        }
    }

    public Conversation add(String title) {
        return database.first("conversation_add", "INSERT INTO conversations (title) VALUES (?) RETURNING id, title, "
                + "created_at", Conversations::conversation, title).orElseThrow();
    }

    public Optional<Conversation> find(long id) {
        return database.first("conversation_find", "SELECT id, title, created_at FROM conversations WHERE id = ?",
                Conversations::conversation, id);
    }

    public List<Conversation> after(Cursor cursor, int limit) {
        return database.query("conversation_keyset", "SELECT id, title, created_at FROM conversations WHERE "
                + "(created_at, id) > (?, ?) ORDER BY created_at, id LIMIT ?", Conversations::conversation,
                cursor
                        .createdAt(),
                cursor.id(), limit);
    }

    public List<Conversation> page(int number, int limit) {
        return database.query("conversation_offset", "SELECT id, title, created_at FROM conversations ORDER BY "
                + "created_at, id LIMIT ? OFFSET ?", Conversations::conversation, limit, (long) number * limit);
    }

    /// The question and its answer, in this order.
    public void exchange(long conversation, String question, String answer) {
        database.transaction("message_add", session -> {
            for (var message : List.of(List.of("user", question), List.of("assistant", answer))) {
                session.update("INSERT INTO messages (conversation_id, role, text) VALUES (?, ?, ?)", conversation,
                        message.get(0), message.get(1));
            }
            return 2;
        });
    }

    /// Finds the page in the index: the cost does not grow with the depth.
    public List<Message> messagesAfter(long conversation, Cursor cursor, int limit) {
        return database.query("message_keyset", MESSAGES + "AND (created_at, id) > (?, ?) ORDER BY created_at, id "
                + "LIMIT ?", Conversations::message, conversation, cursor.createdAt(), cursor.id(), limit);
    }

    /// Reads and drops all rows before the page; kept for comparison.
    public List<Message> messagesPage(long conversation, int number, int limit) {
        return database.query("message_offset", MESSAGES + "ORDER BY created_at, id LIMIT ? OFFSET ?",
                Conversations::message, conversation, limit, (long) number * limit);
    }

    private static Conversation conversation(ResultSet row) throws SQLException {
        return new Conversation(row.getLong(1), row.getString(2), row.getObject(3, OffsetDateTime.class).toInstant());
    }

    private static Message message(ResultSet row) throws SQLException {
        return new Message(row.getLong(1), row.getString(2), row.getString(3), row.getObject(4, OffsetDateTime.class)
                .toInstant());
    }
}
