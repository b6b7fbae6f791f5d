package dev.plimsoll.runtime.cache;

/// What a cache did so far. `requests` is the sum of the three kinds of hits and the misses, but for calls under way
/// and those that failed.
///
/// @param requests calls
/// @param nearHits answered by the process while fresh
/// @param sharedHits answered by Redis while fresh
/// @param staleHits answered with a value whose fresh time was over, while it was loaded anew
/// @param misses answered by a loader, one's own or another caller's
/// @param loads of loaders that ended well, in the background too
/// @param failures of loaders
/// @param evictions for want of bytes
/// @param bytes of the values in the process, with their keys
/// @param entries in the process
public record CacheCounts(long requests, long nearHits, long sharedHits, long staleHits, long misses, long loads,
        long failures, long evictions, long bytes, long entries) {}
