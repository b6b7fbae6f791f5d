/// From a question to an answer with its sources.
@NullMarked
package dev.plimsoll.sample.answer;

import org.jspecify.annotations.NullMarked;
