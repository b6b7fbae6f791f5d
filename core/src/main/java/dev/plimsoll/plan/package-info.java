/// The memory and CPU budget over all services: feasible by construction, or the least change that makes it so.
@NullMarked
package dev.plimsoll.plan;

import org.jspecify.annotations.NullMarked;
