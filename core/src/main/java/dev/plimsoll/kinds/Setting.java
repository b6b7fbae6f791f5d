package dev.plimsoll.kinds;

import dev.plimsoll.source.Location;

/// One effective setting of a service.
///
/// @param value as written, unquoted
public record Setting(String name, String value, Location where, Origin origin) {
    /// Where a setting comes from, weakest first.
    public enum Origin {
        DEFAULT("built-in default"), IMAGE("image"), INIT("initialisation"), FILE("config file"), ENVIRONMENT(
                "environment"), FLAG("command line");

        private final String words;

        Origin(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }
}
