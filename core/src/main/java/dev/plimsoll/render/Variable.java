package dev.plimsoll.render;

/// A variable that the rendered stack needs in its `.env`.
///
/// @param name `[A-Z][A-Z0-9_]*`
/// @param secret whether it is made up of 256 random bits; otherwise `example` is its value
/// @param example the value for `.env.example`; empty for a secret
/// @param comment one line: what it is for
public record Variable(String name, boolean secret, String example, String comment) {
    public static Variable secret(String name, String comment) {
        return new Variable(name, true, "", comment);
    }

    public static Variable plain(String name, String value, String comment) {
        return new Variable(name, false, value, comment);
    }
}
