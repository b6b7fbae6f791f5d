package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.Jvm;
import dev.plimsoll.source.Located;
import java.util.stream.Stream;

/// A JVM decides on its heap by itself.
public final class UnsetHeap implements Rule {
    @Override
    public About about() {
        return new About("MEM031", "unset-heap", Severity.LOW, Confidence.ADVICE,
                "A JVM has neither -Xmx nor MaxRAMPercentage.",
                "The heap becomes a quarter of what the JVM sees: of a 512 MB limit it uses 128 MB, and "
                        + "without a limit it takes a quarter of the server, whatever else runs there.",
                "Set -XX:MaxRAMPercentage=60 with a limit, or -Xmx.",
                "https://docs.oracle.com/en/java/javase/25/docs/specs/man/java.html");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return inventory.ofKind("jvm").filter(service -> service.clues().runs("java")
                || service.clues().imageIs("eclipse-temurin", "openjdk", "amazoncorretto", "tomcat"))
                .filter(service -> Jvm.heap(service, inventory.host()).isEmpty()).map(service -> {
                    var visible = service.limit().map(Located::value).orElse(inventory.host().memory());
                    return finding(service, service.service().where(), "No -Xmx: the heap becomes a quarter of "
                            + (service.limit().isPresent() ? "the limit " : "the server's ") + visible + ", "
                            + visible.dividedBy(4), "Set -XX:MaxRAMPercentage=60 in JAVA_TOOL_OPTIONS, and a limit");
                });
    }
}
