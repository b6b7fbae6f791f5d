/// Finds the passages that a question is about.
@NullMarked
package dev.plimsoll.sample.search;

import org.jspecify.annotations.NullMarked;
