/// Stacks in a Docker Engine, reached through the user's own `docker` client.
@NullMarked
package dev.plimsoll.run.docker;

import org.jspecify.annotations.NullMarked;
