package dev.plimsoll.probe;

import dev.plimsoll.run.RenderedStack;
import dev.plimsoll.run.StackRuntime;
import java.util.Map;

/// Finds the running stack that belongs to a rendered directory.
@FunctionalInterface
public interface StackOpener {
    /// @param environment the shell's variables
    StackRuntime open(RenderedStack stack, Map<String, String> environment);
}
