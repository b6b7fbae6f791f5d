package dev.plimsoll.render;

/// One file to write.
///
/// @param path relative to the rendered directory, with `/`
/// @param access who may read it
public record RenderedFile(String path, String content, Access access) {
    /// Who may read a file.
    public enum Access {
        /// Mode 0644.
        ALL,
        /// Mode 0600, kept out of version control, and never overwritten: `.env`.
        OWNER,
        /// Mode 0644, because a container's own user reads it, in a directory of mode 0700, and kept out of version
        /// control.
        CONTAINER_SECRET
    }

    public static RenderedFile of(String path, String content) {
        return new RenderedFile(path, content, Access.ALL);
    }
}
