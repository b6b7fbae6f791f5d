/// Stacks without containers: the servers Plimsoll knows as processes of this machine.
@NullMarked
package dev.plimsoll.run.natively;

import org.jspecify.annotations.NullMarked;
