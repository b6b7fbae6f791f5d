package dev.plimsoll.report;

import dev.plimsoll.audit.Severity;
import dev.plimsoll.verify.Check.Verdict;

/// How text for people looks: with colour or without.
public record Style(boolean colour) {
    public static final Style PLAIN = new Style(false);

    String bold(String text) {
        return wrapped("1", text);
    }

    String dim(String text) {
        return wrapped("2", text);
    }

    String severity(Severity severity, String text) {
        return wrapped(switch (severity) {
            case CRITICAL -> "1;31";
            case HIGH -> "31";
            case MEDIUM -> "33";
            case LOW -> "36";
        }, text);
    }

    String verdict(Verdict verdict, String text) {
        return wrapped(switch (verdict) {
            case FAILED -> "1;31";
            case PASSED -> "32";
            case ADVICE -> "36";
            case NOT_RUN -> "2";
        }, text);
    }

    private String wrapped(String code, String text) {
        return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
