package dev.plimsoll.plan;

import dev.plimsoll.units.MemorySize;
import java.util.Optional;

/// One change that saves memory.
///
/// @param service empty for a change of the server
/// @param what `concurrency 30 → 2`, `run it on another server`, `a server with 8 GB`
/// @param saves what it frees, or adds
/// @param cost how much is given up: 1 stands for all of an ordinary service
public record Change(Optional<String> service, String what, MemorySize saves, double cost) {
    @Override
    public String toString() {
        return service.map(name -> name + ": ").orElse("") + what + (service.isPresent() ? " saves " : " adds ")
                + saves;
    }
}
