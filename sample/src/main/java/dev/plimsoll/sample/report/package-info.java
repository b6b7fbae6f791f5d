/// Reports over all that was asked.
@NullMarked
package dev.plimsoll.sample.report;

import org.jspecify.annotations.NullMarked;
