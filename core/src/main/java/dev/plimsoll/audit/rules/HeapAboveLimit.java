package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.Jvm;
import dev.plimsoll.units.MemoryDialect;
import dev.plimsoll.units.MemorySize;
import java.util.stream.Stream;

/// A Java heap does not fit its limit.
public final class HeapAboveLimit implements Rule {
    @Override
    public About about() {
        return new About("MEM030", "heap-above-limit", Severity.HIGH, Confidence.CERTAIN,
                "The Java heap and what the JVM needs besides it exceed the limit.",
                "Metaspace, code cache, GC, direct buffers and thread stacks take 130 to 230 MB besides "
                        + "the heap. The JVM is killed when the heap has filled.",
                "Set -Xmx to the limit less 230 MB.",
                "https://paketo.io/docs/reference/java-reference/");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return inventory.ofKind("jvm", "elasticsearch", "kafka").flatMap(service -> service.limit().stream()
                .flatMap(limit -> {
                    var setting = service.settings().get("Xmx");
                    var heap = service.settings().size("Xmx", MemoryDialect.JVM).orElse(MemorySize.ZERO);
                    var rest = MemorySize.ofMegabytes(100);
                    if (setting.isEmpty() || !heap.plus(rest).isLargerThan(limit.value())) {
                        return Stream.empty();
                    }
                    var fitting = limit.value().minus(Jvm.offHeap(service)).minus(Jvm.THREAD.times(Jvm.THREADS));
                    return Stream.of(finding(service, heap.compareTo(limit.value()) >= 0
                            ? Severity.CRITICAL
                            : Severity.HIGH, setting.get().where(),
                            "-Xmx " + heap + " + at least " + rest
                                    + " outside the heap = " + heap.plus(rest) + " > limit " + limit.value(),
                            fitting.megabytes() > 64
                                    ? "Set -Xmx" + fitting.megabytes() + "m, or raise the limit to "
                                            + Jvm.ceiling(heap, service).total().roundedUpTo(MemorySize.ofMegabytes(64))
                                    : "Raise the limit to "
                                            + Jvm.ceiling(heap, service).total()
                                                    .roundedUpTo(MemorySize.ofMegabytes(64))));
                }));
    }
}
