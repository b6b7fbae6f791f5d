/// What is kept in PostgreSQL.
@NullMarked
package dev.plimsoll.sample.store;

import org.jspecify.annotations.NullMarked;
