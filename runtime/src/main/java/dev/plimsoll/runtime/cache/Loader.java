package dev.plimsoll.runtime.cache;

/// Makes a value that is not kept. It is called once for all who wait for the same key.
///
/// @param <V> must not change once returned, as callers share it
@FunctionalInterface
public interface Loader<V> {
    V load() throws Exception;
}
