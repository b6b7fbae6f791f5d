/// From uploaded bytes to passages of text.
@NullMarked
package dev.plimsoll.sample.text;

import org.jspecify.annotations.NullMarked;
