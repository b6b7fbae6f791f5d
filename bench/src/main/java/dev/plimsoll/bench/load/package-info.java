/// Postgres under load in a memory-limited cgroup, with the settings of different sources in turns.
@NullMarked
package dev.plimsoll.bench.load;

import org.jspecify.annotations.NullMarked;
