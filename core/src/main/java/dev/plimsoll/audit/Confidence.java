package dev.plimsoll.audit;

import java.util.Locale;

/// How sure a rule is.
public enum Confidence {
    CERTAIN, LIKELY, ADVICE;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
