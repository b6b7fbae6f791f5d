package dev.plimsoll.runtime.worker;

import java.util.Locale;

/// Which bound keeps a job waiting.
public enum Refusal {
    MAX_MEMORY_PERCENT, MAX_CPU_PERCENT, MIN_FREE_MEMORY;

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
