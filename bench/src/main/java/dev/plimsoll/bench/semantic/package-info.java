/// The semantic cache beside a scan of floats and Lucene's graph.
@NullMarked
package dev.plimsoll.bench.semantic;

import org.jspecify.annotations.NullMarked;
