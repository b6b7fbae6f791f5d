package dev.plimsoll.audit;

import java.util.Optional;
import java.util.regex.Pattern;

/// What makes a finding the same one after unrelated edits: neither its line nor the figures in its message.
///
/// @param message with every number and size replaced by `#`
public record Fingerprint(String rule, Optional<String> service, String file, String message) {
    private static final Pattern NUMBER = Pattern
            .compile("(?<![A-Za-z0-9_])\\d+(?:[.,]\\d+)*(?:\\s?(?:[kKMGT]i?)?B\\b|[kmgKMGT]\\b)?(?![A-Za-z0-9_])");

    public static Fingerprint of(Finding finding) {
        return new Fingerprint(finding.rule(), finding.service(), finding.where().file(),
                NUMBER.matcher(finding.message()).replaceAll("#"));
    }

    /// The parts in one line, for hashing.
    public String text() {
        return String.join("\n", rule, service.orElse(""), file, message);
    }
}
