/// Exact quantities: memory and CPU, with the unit dialects of the programs that read them.
@NullMarked
package dev.plimsoll.units;

import org.jspecify.annotations.NullMarked;
