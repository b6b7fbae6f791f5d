package dev.plimsoll.probe;

import dev.plimsoll.lock.Lock;
import dev.plimsoll.run.StackRuntime;
import java.nio.file.Path;

/// Finds the running stack that belongs to a rendered directory.
@FunctionalInterface
public interface StackOpener {
    /// @param directory the rendered one
    StackRuntime open(Path directory, Lock lock);
}
