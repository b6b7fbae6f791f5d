package dev.plimsoll.render;

import java.util.List;
import java.util.Map;

/// A command that asks a service itself whether it works.
///
/// @param command `CMD` or `CMD-SHELL` and what follows
/// @param environment what the container must know for it
/// @param isDear whether each run starts a whole runtime, such as Erlang's or Node's, which takes about a second of CPU
/// time (assumption)
record HealthTest(List<String> command, Map<String, String> environment, boolean isDear) {
    HealthTest {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    static HealthTest of(List<String> command) {
        return new HealthTest(command, Map.of(), false);
    }

    static HealthTest ofDear(List<String> command) {
        return new HealthTest(command, Map.of(), true);
    }
}
