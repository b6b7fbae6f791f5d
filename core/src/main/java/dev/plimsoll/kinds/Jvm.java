package dev.plimsoll.kinds;

import dev.plimsoll.source.Located;
import dev.plimsoll.stack.Host;
import dev.plimsoll.stack.Stack;
import dev.plimsoll.units.MemoryDialect;
import dev.plimsoll.units.MemorySize;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A service on the JVM: by image, by `java` in its command, or by heap options in its environment.
public final class Jvm implements Kind {
    /// Metaspace, code cache, GC and direct buffers of a Spring-sized application: 130 to 180 MB.
    public static final MemorySize OFF_HEAP = MemorySize.ofMegabytes(180);
    /// Stack one busy thread touches, counted at its worst.
    public static final MemorySize THREAD = MemorySize.ofMegabytes(1);
    /// Threads of an ordinary web application on two cores.
    public static final int THREADS = 50;
    /// Share of the memory that the JVM sees which becomes the heap when nothing is set (JDK ergonomics).
    private static final double DEFAULT_HEAP_SHARE = 0.25;
    /// The same of images whose start script says another one: https://www.keycloak.org/server/containers
    private static final double KEYCLOAK_HEAP_SHARE = 0.7;

    private static final String MODEL = "measured on JDK 17; Paketo memory calculator";
    private static final String MANUAL = "https://docs.oracle.com/en/java/javase/25/docs/specs/man/java.html";
    private static final MemorySize ORDINARY_HEAP = MemorySize.ofMegabytes(256);
    private static final MemorySize LEAST_HEAP = MemorySize.ofMegabytes(128);
    private static final List<Part> PARTS = List.of(
            new Part("MaxMetaspaceSize", 96, "part of the 180 MB", "more than 14,000 classes"),
            new Part("ReservedCodeCacheSize", 48, "part of the 180 MB", "very large applications"),
            new Part("MaxDirectMemorySize", 16, "unset, it equals the heap", "Netty or WebFlux"));
    private static final Pattern KEYCLOAK = Pattern.compile("keycloak");
    private static final Pattern NAME = Pattern.compile("openjdk|eclipse-temurin|temurin|amazoncorretto|corretto|"
            + "zulu-openjdk.*|ibm-semeru.*|liberica.*|tomcat|jetty|wildfly|payara.*|keycloak|metabase|sonarqube|"
            + "jenkins|nexus3?|graylog|zookeeper|.*-?schema-registry|cp-.*|kafka-ui|akhq|kestra|neo4j|cassandra|solr|"
            + "logstash|activemq.*|artemis.*|thingsboard|nifi|trino|hapi.*|unifi.*|youtrack|teamcity.*|jira.*|"
            + "confluence.*|bitbucket.*|zipkin|openapi.*|spring.*|.*-java|languagetool|stirling-pdf|s-pdf|tika|"
            + "kafka-connect.*|debezium.*|connect|druid|flink|spark|hive|dependency-track.*|apiserver-dtrack");

    @Override
    public String id() {
        return "jvm";
    }

    @Override
    public Role role() {
        return Role.APP;
    }

    @Override
    public boolean recognises(Clues clues) {
        return clues.imageNameMatches(NAME) || clues.runs("java") || clues.service().environment().entrySet().stream()
                .anyMatch(entry -> entry.getKey().contains("JAVA") && entry.getValue().value().contains("-X")
                        && !isShared(entry.getValue()));
    }

    /// Several services may have a file of variables, and only one of them a JVM.
    private static boolean isShared(Located<String> variable) {
        return !variable.where().file().matches("(?i).*\\.(?:ya?ml|dockerfile)|(?:.*/)?dockerfile[^/]*");
    }

    @Override
    public Settings settings(Stack stack, Clues clues) {
        var settings = new Settings.Builder();
        JvmFlags.add(clues, settings);
        return settings.build();
    }

    /// The heap's bound as configured; empty when ergonomics decide.
    public static Optional<MemorySize> heap(Recognised service, Host host) {
        return JvmFlags.heap(service.settings(), service.limit().map(Located::value).orElse(host.memory()));
    }

    /// The worst case with a heap: everything else besides it, with bounds that somebody chose.
    public static Amount ceiling(MemorySize heap, Recognised service) {
        return ceiling(heap, offHeap(service));
    }

    private static Amount ceiling(MemorySize heap, MemorySize offHeap) {
        return Amount.of(new Term("heap", heap, "-Xmx", MANUAL),
                new Term("outside the heap", offHeap, "metaspace, code cache, GC, direct buffers", MODEL),
                new Term("threads", THREAD.times(THREADS), THREADS + " × 1 MB", MODEL));
    }

    /// The bound of one part of the memory outside the heap.
    ///
    /// @param megabytes its part of the 180 MB
    private record Part(String flag, int megabytes, String because, String changes) {
        private Optional<Setting> own(Recognised service) {
            return service.settings().get(flag);
        }

        /// By how much a bound that somebody chose exceeds its part.
        MemorySize excess(Recognised service) {
            return own(service).flatMap(set -> MemoryDialect.JVM.parse(set.value())).orElse(MemorySize.ZERO)
                    .minus(MemorySize.ofMegabytes(megabytes));
        }

        /// Where a start script or a build runs `java`, it is left to that.
        Optional<Sizing.Choice> choice(Recognised service) {
            var name = "-XX:" + flag;
            return own(service).map(set -> new Sizing.Choice(name, set.value(), "as configured", "from "
                    + set.where(), set.where().toString()))
                    .or(() -> service.clues().runs("java")
                            ? Optional.of(new Sizing.Choice(name, megabytes + "m", because, MANUAL, changes))
                            : Optional.empty());
        }
    }

    /// What everything but heap and threads may take, with bounds that somebody chose.
    public static MemorySize offHeap(Recognised service) {
        return PARTS.stream().map(part -> part.excess(service)).reduce(OFF_HEAP, MemorySize::plus);
    }

    /// Child processes that the service keeps below a ceiling of their own: `x-plimsoll.workers` of them, one when
    /// that is not said, each of `worker_memory`. Threads need no such hint: they live on the heap.
    record Children(int count, MemorySize each) {
        static Optional<Children> of(Recognised service) {
            return service.hints().workerMemory().map(each -> new Children(service.hints().workers().map(
                    Located::value).orElse(1), each.value()));
        }

        MemorySize total() {
            return each.times(count);
        }

        Term term() {
            return new Term("children", total(), count + " × " + each, "x-plimsoll.worker_memory");
        }
    }

    private static Amount with(Optional<Children> children, Amount amount) {
        return children.map(found -> amount.plus(found.term())).orElse(amount);
    }

    @Override
    public List<String> heeds() {
        return List.of("workers", "worker_memory", "connections");
    }

    @Override
    public Demand demand(Recognised service, Host host) {
        var set = heap(service, host);
        var keycloak = service.clues().imageNameMatches(KEYCLOAK);
        var heap = set.orElse(service.limit().map(Located::value).orElse(host.memory()).times(keycloak
                ? KEYCLOAK_HEAP_SHARE
                : DEFAULT_HEAP_SHARE));
        var used = set.isPresent() ? heap.times(0.7) : heap.times(0.7).min(ORDINARY_HEAP);
        var floor = Amount.of(new Term("heap", heap.dividedBy(4).min(used), "", MODEL),
                new Term("outside the heap", MemorySize.ofMegabytes(100), "", MODEL));
        var expected = Amount.of(new Term("heap", used, set.isPresent()
                ? "70 % of " + heap
                : "an ordinary application; " + (keycloak
                        ? "its start script allows it " + heap + ", 70 % of what it sees"
                        : "the JVM allows itself " + heap + ", a quarter of what it sees"),
                MODEL),
                new Term("outside the heap", MemorySize.ofMegabytes(155), "130 to 180 MB", MODEL));
        var children = Children.of(service);
        return Demand.bounded(floor, with(children, expected), with(children, ceiling(heap, offHeap(service))));
    }

    @Override
    public Sizing sizing(Recognised service, Host host) {
        return new JvmSizing(heap(service, Host.TYPICAL).filter(_ -> service.settings().get("Xmx").isPresent()),
                offHeap(service), service.clues().runs("java"), PARTS.stream().flatMap(part -> part.choice(service)
                        .stream()).toList(),
                Children.of(service), Unknown.assumedFrom(service));
    }

    /// The heap gets what the rest leaves of the limit; flags bound the rest where `java` itself is run.
    ///
    /// @param declared the `-Xmx` the user chose, which the plan keeps as the least
    /// @param runsJava whether the command is that of `java`, so that no start script has flags of its own
    /// @param bounds of the parts outside the heap
    /// @param children what it starts besides itself
    /// @param expected by whoever set a limit
    record JvmSizing(Optional<MemorySize> declared, MemorySize offHeap, boolean runsJava, List<Choice> bounds,
            Optional<Children> children, Optional<MemorySize> expected) implements Sizing {
        @Override
        public MemorySize assumed(int level) {
            return expected.filter(_ -> declared.isEmpty()).orElse(MemorySize.ZERO).max(minimum(level));
        }

        @Override
        public MemorySize minimum(int level) {
            return with(children, ceiling(declared.orElse(LEAST_HEAP), offHeap)).total()
                    .roundedUpTo(MemorySize.ofMegabytes(
                            16));
        }

        @Override
        public MemorySize useful(int level) {
            return declared.isPresent() ? minimum(level).times(2) : MemorySize.ofGigabytes(4).max(minimum(level));
        }

        @Override
        public Allotment at(MemorySize limit, int level) {
            var besides = children.map(Children::total).orElse(MemorySize.ZERO);
            var heap = limit.minus(offHeap).minus(THREAD.times(THREADS)).minus(besides).roundedDownTo(MemorySize
                    .ofMegabytes(1));
            var choices = new ArrayList<Choice>();
            choices.add(new Choice("-Xmx", heap.megabytes() + "m", "limit " + limit + " - " + offHeap
                    + " outside the heap - " + THREADS + " threads × 1 MB" + children.map(found -> " - "
                            + found.count() + " children × " + found.each()).orElse(""),
                    MODEL, "the limit"));
            choices.addAll(bounds);
            collector(limit).ifPresent(choices::add);
            return new Allotment(choices, Optional.of(with(children, ceiling(heap, offHeap))), heap.times(0.7).plus(
                    MemorySize.ofMegabytes(155)).plus(besides).min(limit));
        }

        /// The JVM refuses two collectors, and a start script may name one.
        private Optional<Choice> collector(MemorySize limit) {
            return Optional.of(new Choice("GC", limit.compareTo(MemorySize.ofMegabytes(1792)) < 0
                    ? "-XX:+UseSerialGC"
                    : "-XX:+UseG1GC", "the JVM's own choice below 1792 MB, said so that it stays", MANUAL,
                    "the limit")).filter(_ -> runsJava);
        }

        @Override
        public double weight() {
            return 2;
        }
    }
}
