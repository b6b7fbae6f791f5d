/// What is asked of a running stack, as data, and what the answers say: facts with a unit, a time and their origin.
@NullMarked
package dev.plimsoll.observe;

import org.jspecify.annotations.NullMarked;
