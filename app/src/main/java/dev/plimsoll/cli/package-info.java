/// The command line: one class a command; reads, asks core to decide, prints.
@NullMarked
package dev.plimsoll.cli;

import org.jspecify.annotations.NullMarked;
