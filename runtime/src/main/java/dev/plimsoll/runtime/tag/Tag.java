package dev.plimsoll.runtime.tag;

import java.util.Objects;

/// A name that several kept values share, such as `jira:acme`, so that they can be invalidated together.
///
/// @param name 1 to 200 printable ASCII characters without spaces
public record Tag(String name) implements Comparable<Tag> {
    /// Long enough for a readable name and an identifier, short enough for a key.
    public static final int LONGEST = 200;

    public Tag {
        Objects.requireNonNull(name, "name is null");
        if (name.isEmpty() || name.length() > LONGEST || !name.chars().allMatch(letter -> letter > ' '
                && letter < 0x7f)) {
            throw new IllegalArgumentException("a tag has 1 to " + LONGEST
                    + " printable ASCII characters without spaces, not `" + name + "`");
        }
    }

    public static Tag of(String name) {
        return new Tag(name);
    }

    @Override
    public int compareTo(Tag other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
