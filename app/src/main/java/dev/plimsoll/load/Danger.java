package dev.plimsoll.load;

import java.util.Optional;

/// Asked once a second whether the load does harm inside the stack.
@FunctionalInterface
public interface Danger {
    /// Why the load must end; empty to go on.
    Optional<String> reason();
}
