package dev.plimsoll.runtime.semantic;

import dev.plimsoll.runtime.tag.Stamp;
import dev.plimsoll.runtime.tag.Tag;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// Entries and changes as bytes. Vectors keep all 32 bits of a number, so that a cosine is the same for every process.
final class Bytes {
    /// The first byte of all that is written. What begins otherwise was written by another version, and is as good
    /// as lost.
    private static final int VERSION = 2;
    private static final int STORED = 1;
    private static final int REMOVED = 2;
    private static final int DOCUMENT = 3;
    private static final int JUDGED = 4;
    /// More than any embedding model has, so that broken bytes cannot ask for much memory.
    private static final int MOST = 1 << 16;

    private Bytes() {}

    static byte[] of(Entry entry) {
        return write(out -> {
            text(out, entry.scope().id());
            out.writeLong(entry.id());
            text(out, entry.question());
            text(out, entry.answer());
            vector(out, entry.vector());
            out.writeFloat(entry.weakest());
            out.writeLong(entry.expires().toEpochMilli());
            position(out, entry.begun());
            out.writeInt(entry.stamp().generations().size());
            for (var tag : entry.stamp().generations().entrySet()) {
                text(out, tag.getKey().name());
                out.writeLong(tag.getValue());
            }
        });
    }

    /// Absent when the bytes are none of ours.
    static Optional<Entry> entry(byte[] bytes) {
        return read(bytes, in -> {
            var scope = new Scope(text(in));
            var id = in.readLong();
            var question = text(in);
            var answer = text(in);
            var vector = vector(in);
            var weakest = in.readFloat();
            var expires = Instant.ofEpochMilli(in.readLong());
            var begun = position(in);
            var tags = count(in);
            var generations = new TreeMap<Tag, Long>();
            for (var at = 0; at < tags; at++) {
                generations.put(Tag.of(text(in)), in.readLong());
            }
            return new Entry(scope, id, question, vector, answer, new Stamp(generations), expires, weakest, begun);
        });
    }

    static byte[] of(Change change) {
        return write(out -> {
            switch (change) {
                case Change.Stored(var scope, var id) -> about(out, STORED, scope).writeLong(id);
                case Change.Removed(var scope, var ids) -> identifiers(about(out, REMOVED, scope), ids);
                case Change.DocumentAdded(var scope, var vector) -> vector(about(out, DOCUMENT, scope), vector);
                case Change.Judged judged -> judged(about(out, JUDGED, judged.scope()), judged);
                case Change.Past(var told) -> throw new IllegalArgumentException("told before: " + told);
                case Change.Lost() -> throw new IllegalArgumentException("a loss is noticed, not told");
            }
        });
    }

    /// Absent when the bytes are none of ours.
    static Optional<Change> change(byte[] bytes) {
        return read(bytes, in -> {
            var kind = in.readByte();
            var scope = new Scope(text(in));
            return switch (kind) {
                case STORED -> new Change.Stored(scope, in.readLong());
                case REMOVED -> new Change.Removed(scope, identifiers(in));
                case DOCUMENT -> new Change.DocumentAdded(scope, vector(in));
                case JUDGED -> new Change.Judged(scope, in.readLong(), in.readLong(), in.readDouble(), in.readBoolean(),
                        in.readBoolean());
                default -> throw new IOException("an unknown change");
            };
        });
    }

    private static DataOutputStream about(DataOutputStream out, int kind, Scope scope) throws IOException {
        out.writeByte(kind);
        text(out, scope.id());
        return out;
    }

    private static void judged(DataOutputStream out, Change.Judged judged) throws IOException {
        out.writeLong(judged.entry());
        out.writeLong(judged.question());
        out.writeDouble(judged.similarity());
        out.writeBoolean(judged.right());
        out.writeBoolean(judged.counts());
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String text(DataInputStream in) throws IOException {
        var length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new IOException("a text that is longer than all bytes");
        }
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    private static void position(DataOutputStream out, Position position) throws IOException {
        text(out, position.run());
        out.writeLong(position.time());
        out.writeLong(position.order());
    }

    private static Position position(DataInputStream in) throws IOException {
        return new Position(text(in), in.readLong(), in.readLong());
    }

    private static void vector(DataOutputStream out, float[] vector) throws IOException {
        out.writeInt(vector.length);
        for (var coordinate : vector) {
            out.writeFloat(coordinate);
        }
    }

    private static float[] vector(DataInputStream in) throws IOException {
        var vector = new float[count(in)];
        for (var at = 0; at < vector.length; at++) {
            vector[at] = in.readFloat();
        }
        return vector;
    }

    private static void identifiers(DataOutputStream out, List<Long> ids) throws IOException {
        for (var id : ids) {
            out.writeLong(id);
        }
    }

    /// All that are left.
    private static List<Long> identifiers(DataInputStream in) throws IOException {
        var ids = new ArrayList<Long>();
        while (in.available() > 0) {
            ids.add(in.readLong());
        }
        return ids;
    }

    private static int count(DataInputStream in) throws IOException {
        var count = in.readInt();
        if (count < 0 || count > MOST) {
            throw new IOException("too many");
        }
        return count;
    }

    private static byte[] write(Writing writing) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            writing.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static <T> Optional<T> read(byte[] bytes, Reading<T> reading) {
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            return in.readByte() == VERSION ? Optional.of(reading.from(in)) : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    private interface Reading<T> {
        T from(DataInputStream in) throws IOException;
    }
}
