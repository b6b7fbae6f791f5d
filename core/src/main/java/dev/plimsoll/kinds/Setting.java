package dev.plimsoll.kinds;

import dev.plimsoll.source.Location;
import java.util.List;

/// One effective setting of a service.
///
/// @param words as its program tells them apart, without quotes; one where it takes the line for one value
public record Setting(String name, List<String> words, Location where, Origin origin) {
    public Setting {
        words = List.copyOf(words);
    }

    public Setting(String name, String value, Location where, Origin origin) {
        this(name, List.of(value), where, origin);
    }

    /// All that was set, without quotes.
    public String value() {
        return String.join(" ", words);
    }

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
