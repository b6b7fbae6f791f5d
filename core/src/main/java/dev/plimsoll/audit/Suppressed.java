package dev.plimsoll.audit;

import java.util.Comparator;
import java.util.Locale;

/// A finding that was set aside, and why.
///
/// @param reason in the user's words, or where it is recorded
public record Suppressed(Finding finding, By by, String reason) {
    static final Comparator<Suppressed> ORDER = Comparator.comparing(Suppressed::finding, Finding.ORDER);

    /// What sets a finding aside.
    public enum By {
        COMMENT, BASELINE;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
