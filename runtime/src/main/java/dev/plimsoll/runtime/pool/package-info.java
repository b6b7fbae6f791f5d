/// A pool of database connections that is right behind pgBouncer and names who holds its connections.
@NullMarked
package dev.plimsoll.runtime.pool;

import org.jspecify.annotations.NullMarked;
