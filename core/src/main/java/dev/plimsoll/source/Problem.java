package dev.plimsoll.source;

/// Something that stops a file from being used, said so that the reader can mend it.
///
/// @param where file and line
/// @param what the problem, with the offending text
/// @param remedy what to do about it
public record Problem(Location where, String what, String remedy) {
    /// One paragraph: `file:line:column: what. Remedy.`
    @Override
    public String toString() {
        return where + ": " + what + ". " + remedy + ".";
    }
}
