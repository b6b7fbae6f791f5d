package dev.plimsoll.sample.web;

import dev.plimsoll.sample.text.Format;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// A document as a client sent it: as the body itself, or as a file of a form.
@SuppressWarnings("ArrayRecordComponent") // it is stored, never compared
record Upload(String source, String title, Format format, byte[] content) {
    private static final int LONGEST_TITLE = 300;
    /// Bytes of a field other than the file: a title of characters that take four.
    private static final int LONGEST_FIELD = LONGEST_TITLE * 4;
    /// Boundaries, heads and fields of a form beside its file.
    private static final int BESIDE_FILE = 64 * 1024;

    /// @param most bytes of the document
    static Upload read(Call call, int most) throws IOException {
        var type = call.header("Content-Type").orElse("");
        return Multipart.is(type) ? form(call, type, most) : body(call, type, most);
    }

    private static Upload body(Call call, String type, int most) throws IOException {
        var format = Format.of(type).orElseThrow(() -> unknown("Content-Type"));
        var title = call.query("title").map(String::strip).filter(text -> !text.isEmpty()).orElseThrow(
                () -> new Refusal(400, "name the document, as in /api/documents?title=Walden"));
        return new Upload(Texts.source(call.query("source").orElse("upload")), Texts.text(title, LONGEST_TITLE),
                format, call.body(most));
    }

    private static Upload form(Call call, String type, int most) throws IOException {
        try (var stream = call.stream(most + BESIDE_FILE)) {
            var form = Multipart.of(type, stream);
            var fields = new LinkedHashMap<String, String>();
            Optional<Multipart.Part> file = Optional.empty();
            var content = new byte[0];
            for (var next = form.next(); next.isPresent(); next = form.next()) {
                var part = next.get();
                switch (part.name()) {
                    case "file" -> {
                        if (file.isPresent()) {
                            throw new Refusal(400, "the form has two files; send each in a form of its own");
                        }
                        file = next;
                        content = form.content(most, new Refusal(413, "the file is larger than " + most + " bytes"));
                    }
                    case "title", "source" -> {
                        var bytes = form.content(LONGEST_FIELD, new Refusal(400, "the field `" + part.name()
                                + "` is longer than " + LONGEST_FIELD + " bytes"));
                        if (fields.put(part.name(), new String(bytes, StandardCharsets.UTF_8)) != null) {
                            throw new Refusal(400, "the form has the field `" + part.name() + "` twice");
                        }
                    }
                    default -> throw new Refusal(400,
                            "a form has the fields `file`, `title` and `source`, not `" + part.name() + "`");
                }
            }
            return of(call, fields, file.orElseThrow(() -> new Refusal(400,
                    "the form has no field `file`, as in curl -F file=@walden.txt")), content);
        }
    }

    private static Upload of(Call call, Map<String, String> fields, Multipart.Part file, byte[] content) {
        if (content.length == 0) {
            throw new Refusal(400, "the file is empty");
        }
        var title = Optional.ofNullable(fields.get("title")).or(() -> call.query("title")).map(String::strip).filter(
                text -> !text.isEmpty()).or(file::fileName).orElseThrow(
                        () -> new Refusal(400,
                                "name the document with the field `title`"));
        var source = Optional.ofNullable(fields.get("source")).or(() -> call.query("source")).orElse("upload");
        return new Upload(Texts.source(source), Texts.text(title, LONGEST_TITLE), format(file), content);
    }

    /// Clients that do not know an extension send `application/octet-stream`.
    private static Format format(Multipart.Part file) {
        if (file.fileName().isEmpty() && file.contentType().isEmpty()) {
            return Format.TEXT;
        }
        return file.contentType().flatMap(Format::of).or(() -> file.fileName().flatMap(Format::ofFile)).orElseThrow(
                () -> unknown("file's Content-Type"));
    }

    private static Refusal unknown(String what) {
        return new Refusal(415, "the " + what + " is one of " + Arrays.stream(Format.values()).map(Format::mediaType)
                .collect(Collectors.joining(", ")));
    }
}
