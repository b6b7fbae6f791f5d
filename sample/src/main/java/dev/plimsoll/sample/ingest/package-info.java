/// Reads uploaded documents in bounded workers.
@NullMarked
package dev.plimsoll.sample.ingest;

import org.jspecify.annotations.NullMarked;
