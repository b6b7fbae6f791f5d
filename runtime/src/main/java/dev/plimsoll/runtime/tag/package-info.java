/// Tags on what is kept, and the generations that make a tag's bearers stale in one step.
@NullMarked
package dev.plimsoll.runtime.tag;

import org.jspecify.annotations.NullMarked;
