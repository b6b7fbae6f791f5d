package dev.plimsoll.prometheus;

import dev.plimsoll.source.Located;
import dev.plimsoll.source.Paths;
import dev.plimsoll.stack.Invocation;
import dev.plimsoll.stack.Invocations;
import dev.plimsoll.stack.Service;
import dev.plimsoll.stack.Stack;
import java.util.Optional;

/// An Alertmanager of the stack, with its config.
///
/// @param flags its command line
public record AlertmanagerServer(Service service, Optional<Invocation> flags, Loaded<AlertmanagerConfig> config) {
    private static final String DEFAULT_CONFIG = "/etc/alertmanager/alertmanager.yml";
    private static final String DEFAULT_STORAGE = "/alertmanager";

    public static AlertmanagerServer of(Stack stack, Service service) {
        var flags = PrometheusServer.flags(Invocations.of(stack, service).invocations(), "alertmanager");
        var path = flags.flatMap(run -> run.option("--config.file")).map(Located::value).map(Paths::normalized)
                .orElse(DEFAULT_CONFIG);
        return new AlertmanagerServer(service, flags,
                Loaded.read(new ContainerFiles(stack, service), path, AlertmanagerConfig::of));
    }

    /// Where it keeps silences and what it has sent.
    public String storage() {
        return flags.flatMap(run -> run.option("--storage.path")).map(Located::value).map(Paths::normalized)
                .orElse(DEFAULT_STORAGE);
    }
}
