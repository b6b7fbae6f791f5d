/// Static findings: what is wrong in a stack, where, why, and how to mend it.
@NullMarked
package dev.plimsoll.audit;

import org.jspecify.annotations.NullMarked;
