/// Running stacks: the Docker Engine and native processes behind one interface.
@NullMarked
package dev.plimsoll.run;

import org.jspecify.annotations.NullMarked;
