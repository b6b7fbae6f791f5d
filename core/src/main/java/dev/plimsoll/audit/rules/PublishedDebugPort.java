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

    private static final Pattern JMX = Pattern.compile("-Dcom\\.sun\\.management\\.jmxremote\\.port=(\\d{1,5})\\b");
    private static final Pattern WITHOUT_LOGIN = Pattern.compile(".*-Dcom\\.sun\\.management\\.jmxremote\\."
            + "authenticate=false.*", Pattern.DOTALL);
    /// Images that start Kafka's own scripts, which switch the login off (apache/kafka, bin/kafka-run-class.sh).
    private static final Pattern KAFKAS = Pattern
            .compile("kafka|cp-(?:kafka|server|zookeeper|enterprise-kafka)|cp-kafka-connect.*");

    @Override
    public About about() {
        return new About("SEC013", "published-debug-port", Severity.HIGH, Confidence.CERTAIN,
                "A debugger's port is open to other machines.",
                "A debugger runs any code in the process, without a login; so does JMX where its login is switched off.",
                "Remove the port, or bind it to 127.0.0.1.",
                "https://nodejs.org/en/learn/getting-started/debugging");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return inventory.running().flatMap(service -> Stream.concat(jmx(service).stream(), ALL.stream()
                .filter(debugger -> isOn(service, debugger.on())).flatMap(debugger -> open(service, debugger)
                        .map(port -> finding(service, port.where(), debugger.name() + " of " + service.name()
                                + " is open on port " + port + " " + Exposure.address(port)
                                + ": it runs any code, without a login", remedy(port)))
                        .stream())));
    }

    private static Optional<Port> open(Recognised service, Debugger debugger) {
        return Exposure.open(service.service(), debugger.ports());
    }

    private static boolean isOn(Recognised service, Pattern words) {
        return texts(service).anyMatch(text -> words.matcher(text).matches());
    }

    private Optional<Finding> jmx(Recognised service) {
        return jmxPort(service).flatMap(number -> Exposure.open(service.service(), List.of(number)))
                .map(port -> finding(service, port.where(),
                        "JMX of " + service.name() + " is open on port " + port + " "
                                + Exposure.address(port) + ": who reaches it can load and run code, without a login",
                        remedy(port)));
    }

    /// The port of the JVM's remote management, where nobody has to log in to it.
    private static Optional<Integer> jmxPort(Recognised service) {
        var written = texts(service).flatMap(text -> JMX.matcher(text).results()).map(found -> found.group(1))
                .findFirst();
        if (written.isPresent()) {
            return written.filter(_ -> isOn(service, WITHOUT_LOGIN)).map(Integer::valueOf);
        }
        var isKafkas = service.clues().imageNameMatches(KAFKAS) && !service.clues().has("KAFKA_JMX_OPTS");
        return Stream.of("KAFKA_JMX_PORT", "JMX_PORT").flatMap(name -> service.service().variable(name).stream())
                .map(Located::value).filter(port -> isKafkas && port.matches("\\d{1,5}")).map(Integer::valueOf)
                .findFirst();
    }

    private static String remedy(Port port) {
        return "Remove the port, or bind it: 127.0.0.1:" + port.published().orElse(String.valueOf(port.target())) + ":"
                + port.target();
    }

    private static Stream<String> texts(Recognised service) {
        return Stream.concat(service.service().start().stream(), service.service().environment().values().stream())
                .map(Located::value);
    }
}
