/// Looking at a running stack: every probe's questions put to every container, and what came back.
@NullMarked
package dev.plimsoll.probe;

import org.jspecify.annotations.NullMarked;
