/// Benchmarks of the runtime library's cache, in several processes on a Redis of their own.
@NullMarked
package dev.plimsoll.bench.cache;

import org.jspecify.annotations.NullMarked;
