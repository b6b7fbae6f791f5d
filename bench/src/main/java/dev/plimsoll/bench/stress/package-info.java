/// The load engine beside other load generators, against a server whose latency is known.
@NullMarked
package dev.plimsoll.bench.stress;

import org.jspecify.annotations.NullMarked;
