package dev.plimsoll.stack;

import dev.plimsoll.source.Location;
import java.util.List;

/// A service's `healthcheck`.
///
/// @param test `CMD-SHELL` and a text, `CMD` and words, or empty when the image's own test is kept
/// @param disabled whether it is switched off
public record Healthcheck(List<String> test, boolean disabled, Location where) {
    /// The command as one line.
    public String command() {
        return test.isEmpty() ? "" : String.join(" ", test.subList(1, test.size()));
    }
}
