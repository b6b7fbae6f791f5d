package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.units.MemoryDialect;
import java.util.stream.Stream;

/// A heap size without its unit.
public final class HeapWithoutUnit implements Rule {
    @Override
    public About about() {
        return new About("MEM038", "heap-without-unit", Severity.CRITICAL, Confidence.CERTAIN,
                "A Java heap size has no unit.",
                "A bare number is bytes: `-Xmx512` asks for half a kilobyte, and the JVM refuses to "
                        + "start.",
                "Write the unit: -Xmx512m.",
                "https://docs.oracle.com/en/java/javase/25/docs/specs/man/java.html");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return inventory.running()
                .flatMap(service -> Stream.of("Xmx", "Xms").flatMap(name -> service.settings().get(name)
                        .stream()).filter(setting -> service.settings().size(setting.name(), MemoryDialect.JVM)
                                .filter(size -> size.bytes() < 1_000_000).isPresent())
                        .map(setting -> finding(service, setting.where(),
                                "-" + setting.name() + setting.value() + " is "
                                        + setting.value() + " bytes",
                                "Write -" + setting.name() + setting.value() + "m")));
    }
}
