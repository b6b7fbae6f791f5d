package dev.plimsoll.lock;

/// One setting of a service as rendered.
///
/// @param name as its program spells it: `shared_buffers`, `maxmemory`
/// @param value as its program spells it
/// @param because the arithmetic
/// @param source manual, measurement, or the place in the user's files it was taken over from
public record LockedSetting(String name, String value, String because, String source) {}
