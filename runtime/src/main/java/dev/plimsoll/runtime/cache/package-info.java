/// A cache of two levels, in the process and in Redis, that returns nothing stale once an invalidation has returned.
@NullMarked
package dev.plimsoll.runtime.cache;

import org.jspecify.annotations.NullMarked;
