package dev.plimsoll.kinds;

import dev.plimsoll.source.Located;
import dev.plimsoll.stack.Host;
import dev.plimsoll.stack.Service;
import dev.plimsoll.stack.Stack;
import dev.plimsoll.units.MemorySize;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A data server on the JVM that keeps much outside its heap: Elasticsearch, OpenSearch, Kafka.
///
/// @param variable what its start script reads heap options from
/// @param heapWhenUnset share of the visible memory, or a fixed size below 1 MB per unit when `fixedHeap` is set
public record HeapServer(String id, Role role, Pattern images, List<Integer> ports, List<String> dataPaths,
        String variable, double heapWhenUnset, Optional<MemorySize> fixedHeap, String source) implements Kind {
    static final HeapServer ELASTICSEARCH = new HeapServer("elasticsearch", Role.SEARCH,
            Pattern.compile("elasticsearch(-oss)?|opensearch|elastic"), List.of(9200, 9300),
            List.of("/usr/share/elasticsearch/data"), "ES_JAVA_OPTS", 0.5, Optional.empty(),
            "https://www.elastic.co/docs/reference/elasticsearch/jvm-settings");
    static final HeapServer KAFKA = new HeapServer("kafka", Role.BROKER,
            Pattern.compile("kafka|cp-kafka|cp-server|kafka-native"), List.of(9092), List.of("/var/lib/kafka/data"),
            "KAFKA_HEAP_OPTS", 0, Optional.of(MemorySize.ofGigabytes(1)),
            "https://kafka.apache.org/documentation/#java");

    /// Outside the heap at worst: as much again in direct buffers and page tables, and 200 MB of the JVM's own.
    static final MemorySize OFF_HEAP = MemorySize.ofMegabytes(200);

    @Override
    public boolean recognises(Clues clues) {
        return clues.imageNameMatches(images) || clues.has(variable) && clues.service().image().isEmpty();
    }

    @Override
    public List<String> dataPaths(Service service) {
        var image = service.foundation();
        if (image.filter(found -> found.repository().contains("bitnami")).isPresent()) {
            return List.of("/bitnami/" + image.get().name() + "/data", "/bitnami/" + image.get().name());
        }
        return image.filter(found -> found.name().equals("opensearch")).isPresent()
                ? List.of("/usr/share/opensearch/data")
                : service.variable("path.data").map(path -> List.of(path.value())).orElse(dataPaths);
    }

    @Override
    public Settings settings(Stack stack, Clues clues) {
        var settings = new Settings.Builder();
        JvmFlags.add(clues, settings);
        return settings.build();
    }

    @Override
    public Optional<String> builtIn(Recognised service, String setting) {
        return fixedHeap.filter(_ -> setting.equals(variable) && JvmFlags.heap(service.settings(), MemorySize.ZERO)
                .filter(heap -> !heap.isZero()).isEmpty()).map(heap -> "-Xmx" + heap.megabytes() + "m");
    }

    MemorySize heap(Recognised service, Host host) {
        var visible = service.limit().map(Located::value).orElse(host.memory());
        return JvmFlags.heap(service.settings(), visible).or(() -> fixedHeap)
                .orElse(visible.times(heapWhenUnset));
    }

    private Amount ceiling(MemorySize heap) {
        return Amount.of(new Term("heap", heap, "-Xmx", source),
                new Term("outside the heap", heap.plus(OFF_HEAP), "as much again and 200 MB", source));
    }

    @Override
    public Demand demand(Recognised service, Host host) {
        var heap = heap(service, host);
        return Demand.bounded(Amount.of(new Term("heap", heap, "touched at start", source)),
                Amount.of(new Term("heap", heap, "touched at start", source), new Term("outside the heap",
                        heap.dividedBy(4).plus(OFF_HEAP), "a quarter of it and 200 MB", source)),
                ceiling(heap));
    }

    @Override
    public Sizing sizing(Recognised service, Host host) {
        var declared = JvmFlags.heap(service.settings(), MemorySize.ZERO).filter(heap -> !heap.isZero())
                .orElse(MemorySize.ofMegabytes(256));
        var least = ceiling(declared).total().roundedUpTo(MemorySize.ofMegabytes(16));
        return new Sizing() {
            @Override
            public MemorySize minimum(int level) {
                return least;
            }

            @Override
            public MemorySize useful(int level) {
                return MemorySize.ofGigabytes(64);
            }

            @Override
            public Allotment at(MemorySize limit, int level) {
                var heap = limit.minus(OFF_HEAP).dividedBy(2).roundedDownTo(MemorySize.ofMegabytes(1))
                        .min(MemorySize.ofGigabytes(31));
                return new Allotment(List.of(new Choice(variable, "-Xms" + heap.megabytes() + "m -Xmx"
                        + heap.megabytes() + "m", "(limit " + limit + " - 200 MB) / 2, at most 31 GB", source,
                        "the limit")), Optional.of(ceiling(heap)), heap.times(1.25).plus(OFF_HEAP).min(limit));
            }

            @Override
            public double weight() {
                return 2;
            }
        };
    }
}
