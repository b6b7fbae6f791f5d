/// What was observed of a stack and kept, and the readiness computed from it and from nothing else.
@NullMarked
package dev.plimsoll.evidence;

import org.jspecify.annotations.NullMarked;
