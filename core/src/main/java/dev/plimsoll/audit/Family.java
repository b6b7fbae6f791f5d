package dev.plimsoll.audit;

import java.util.Arrays;
import java.util.Locale;

/// What a rule is about; the letters of its id.
public enum Family {
    MEMORY("MEM"), RELIABILITY("REL"), SECURITY("SEC"), DATABASE("DBT"), OBSERVABILITY("OBS");

    private final String letters;

    Family(String letters) {
        this.letters = letters;
    }

    /// @throws IllegalArgumentException when the id starts with no family's letters
    static Family of(String ruleId) {
        return Arrays.stream(values()).filter(family -> ruleId.startsWith(family.letters)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no family has the letters of " + ruleId));
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
