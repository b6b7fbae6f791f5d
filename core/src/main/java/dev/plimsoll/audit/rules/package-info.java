/// One rule a class, listed in Rules.
@NullMarked
package dev.plimsoll.audit.rules;

import org.jspecify.annotations.NullMarked;
