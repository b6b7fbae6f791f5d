package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.source.Located;
import dev.plimsoll.stack.Port;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

public final class PublishedDebugPort implements Rule {
    /// Ports of debuggers and the words that switch them on.
    private record Debugger(String name, List<Integer> ports, Pattern on) {}

    private static final List<Debugger> ALL = List.of(
            new Debugger("The JVM's debugger", List.of(5005, 8000, 8787), Pattern.compile(".*(?:-agentlib:jdwp|"
                    + "-Xrunjdwp|JPDA).*", Pattern.DOTALL)),
            new Debugger("The Node.js inspector", List.of(9229, 9230), Pattern.compile(".*--inspect.*",
                    Pattern.DOTALL)),
            new Debugger("debugpy", List.of(5678, 3000), Pattern.compile(".*debugpy.*", Pattern.DOTALL)));

    @Override
    public About about() {
        return new About("SEC013", "published-debug-port", Severity.HIGH, Confidence.CERTAIN,
                "A debugger's port is open to other machines.",
                "A debugger runs any code in the process, without a login.",
                "Remove the port, or bind it to 127.0.0.1.",
                "https://nodejs.org/en/learn/getting-started/debugging");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return inventory.running().flatMap(service -> ALL.stream().filter(debugger -> isOn(service, debugger.on()))
                .flatMap(debugger -> open(service, debugger).map(port -> finding(service, port.where(),
                        debugger.name() + " of " + service.name() + " is open on port " + port + " "
                                + Exposure.address(port) + ": it runs any code, without a login",
                        "Remove the port, or bind it: 127.0.0.1:" + port.published()
                                .orElse(String.valueOf(port.target())) + ":" + port.target()))
                        .stream()));
    }

    private static Optional<Port> open(Recognised service, Debugger debugger) {
        return Exposure.open(service.service(), debugger.ports());
    }

    private static boolean isOn(Recognised service, Pattern words) {
        var command = Stream.of(service.service().command(), service.service().entrypoint())
                .flatMap(Optional::stream).flatMap(List::stream).map(Located::value);
        return Stream.concat(command, service.service().environment().values().stream().map(Located::value))
                .anyMatch(text -> words.matcher(text).matches());
    }
}
