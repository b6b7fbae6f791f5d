package dev.plimsoll.runtime.cache;

import java.time.Duration;

/// Hears how long the slow ways took. Called on the caller's thread, so be quick.
public interface CacheListener {
    /// Listens to nothing.
    CacheListener SILENT = new CacheListener() {
    };

    /// A loader ended.
    default void loaded(String cache, Duration took, boolean succeeded) {}

    /// A caller got an answer that was not in the process: from Redis, a loader or another caller's.
    default void waited(String cache, Duration took) {}
}
