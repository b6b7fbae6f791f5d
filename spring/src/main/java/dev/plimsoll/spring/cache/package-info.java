/// Spring's cache abstraction over the library's cache, and events that invalidate.
@NullMarked
package dev.plimsoll.spring.cache;

import org.jspecify.annotations.NullMarked;
