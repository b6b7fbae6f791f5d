/// Sends load over HTTP/1.1, records what comes back, and looks inside the stack meanwhile.
@NullMarked
package dev.plimsoll.load;

import org.jspecify.annotations.NullMarked;
