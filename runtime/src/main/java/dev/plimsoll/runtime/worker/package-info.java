/// Jobs from a durable queue, run in child processes whose memory is bounded.
@NullMarked
package dev.plimsoll.runtime.worker;

import org.jspecify.annotations.NullMarked;
