package dev.plimsoll.sample.web;

/// What a client gets. Anything but text is sent as JSON.
///
/// @param body a [Text], or what becomes JSON
public record Reply(int status, Object body) {
    /// @param type media type
    public record Text(String type, String text) {}

    public static Reply ok(Object body) {
        return new Reply(200, body);
    }

    public static Reply created(Object body) {
        return new Reply(201, body);
    }

    public static Reply text(String type, String text) {
        return new Reply(200, new Text(type, text));
    }
}
