package dev.plimsoll.probe;

import dev.plimsoll.run.RenderedStack;
import dev.plimsoll.run.StackRuntime;
import java.util.Map;
import java.util.Optional;

/// Finds the running stack that belongs to a rendered directory.
@FunctionalInterface
public interface StackOpener {
    /// @param project of Compose; empty when the user named none
    /// @param environment the shell's variables
    StackRuntime open(RenderedStack stack, Optional<String> project, Map<String, String> environment);
}
