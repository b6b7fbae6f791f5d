/// Measurements around Reading Room: paging and sizes of the connection pool.
@NullMarked
package dev.plimsoll.bench.room;

import org.jspecify.annotations.NullMarked;
