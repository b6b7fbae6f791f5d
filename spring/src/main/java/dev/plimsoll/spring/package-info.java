/// Gives a Spring Boot service the parts of the runtime library, through properties below `plimsoll`.
@NullMarked
package dev.plimsoll.spring;

import org.jspecify.annotations.NullMarked;
