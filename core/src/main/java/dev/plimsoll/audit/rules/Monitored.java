package dev.plimsoll.audit.rules;

import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.Neighbourhood;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.prometheus.Expression;
import dev.plimsoll.prometheus.MetricSource;
import dev.plimsoll.prometheus.PrometheusConfig;
import dev.plimsoll.prometheus.PrometheusServer;
import dev.plimsoll.prometheus.RuleFile.Definition;
import dev.plimsoll.prometheus.ScrapeJob;
import dev.plimsoll.prometheus.Target;
import dev.plimsoll.source.Located;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A Prometheus of the stack, and what it can see from where it runs.
record Monitored(Inventory inventory, Recognised service, PrometheusServer server, Neighbourhood around) {
    /// Used by cAdvisor, and by every other application.
    private static final int COMMON_PORT = 8080;
    private static final int MOST_NAMES = 6;
    private static final int MOST_CHARACTERS = 140;
    private static final Pattern COLLECTOR = Pattern.compile(".*(?:otel|opentelemetry|telegraf|alloy|agent|netdata|"
            + "timberio|fluent|collectd|beyla|vmagent|statsd|pushgateway|(?:json|sql)[-_]exporter).*");

    /// A static target of one job.
    record Scrape(ScrapeJob job, Target target) {}

    static Stream<Monitored> in(Inventory inventory) {
        return inventory.ofKind("prometheus").flatMap(service -> Optional.ofNullable(inventory.prometheus()
                .get(service.name())).stream().map(server -> new Monitored(inventory, service, server,
                        new Neighbourhood(inventory, service))));
    }

    /// Those whose config could be read.
    static Stream<Monitored> readable(Inventory inventory) {
        return in(inventory).filter(monitored -> monitored.server().config().value().isPresent());
    }

    PrometheusConfig config() {
        return server.config().value().orElseThrow();
    }

    Stream<Scrape> scrapes() {
        return server.jobs().stream().flatMap(job -> job.addresses().stream()
                .flatMap(text -> Target.of(text).stream()).map(target -> new Scrape(job, target)));
    }

    /// Whether series may come from where nothing is known: service discovery, remote reads or writes, collectors
    /// that pass on whatever they get.
    boolean hasUnknownSources() {
        return server.config().value().filter(config -> !config.hasRemoteSeries()).isEmpty()
                || server.jobs().stream().anyMatch(ScrapeJob::discovers)
                || server.flags().stream().flatMap(run -> run.arguments().stream())
                        .anyMatch(word -> word.value().matches("--web\\.enable-(remote-write|otlp)-receiver.*")
                                || word.value().matches("--enable-feature=.*(remote-write|otlp).*"))
                || server.jobs().stream().flatMap(job -> job.addresses().stream())
                        .anyMatch(text -> Target.of(text).isEmpty())
                || scrapes().anyMatch(scrape -> around.at(scrape.target().host())
                        .filter(found -> COLLECTOR.matcher(label(found)).matches()).isPresent());
    }

    /// Whether something outside the stack is scraped.
    boolean hasOutsideTargets() {
        return server.jobs().stream().anyMatch(job -> job.relabelsAddress() && job.exporter().isEmpty())
                || scrapes().anyMatch(scrape -> scrape.target().isLoopback()
                        ? !around.isIsolated()
                        : around.at(scrape.target().host()).isEmpty());
    }

    /// Whether a source of metrics is among the scrape targets.
    boolean scrapes(MetricSource source) {
        return scrapes().anyMatch(scrape -> isTarget(source, scrape));
    }

    private boolean isTarget(MetricSource source, Scrape scrape) {
        var found = around.at(scrape.target().host());
        if (found.isPresent()) {
            return source.image().matcher(label(found.get())).matches()
                    || (found.get().service().isBuilt() || found.get().is("unknown"))
                            && scrape.target().port().filter(port -> port != COMMON_PORT
                                    && source.ports().contains(port)).isPresent();
        }
        return !(scrape.target().isLoopback() && around.isIsolated())
                && (scrape.target().port().filter(source.ports()::contains).isPresent()
                        || source.image().matcher(scrape.job().name().toLowerCase(Locale.ROOT)).matches());
    }

    private static String label(Recognised service) {
        return (service.service().imageReference().map(image -> image.repository()).orElse("") + " " + service.name())
                .toLowerCase(Locale.ROOT);
    }

    /// Whether an expression has no result when the selectors that match `absent` have none.
    static boolean isEmptyWithout(Expression expression, Predicate<Expression.Selector> absent) {
        return switch (expression) {
            case Expression.Selector selector -> absent.test(selector);
            case Expression.Binary binary -> switch (binary.operator()) {
                case "or" -> isEmptyWithout(binary.left(), absent) && isEmptyWithout(binary.right(), absent);
                case "unless" -> isEmptyWithout(binary.left(), absent);
                default -> isEmptyWithout(binary.left(), absent) || isEmptyWithout(binary.right(), absent);
            };
            case Expression.Call call -> !call.function().startsWith("absent")
                    && call.arguments().stream().anyMatch(argument -> isEmptyWithout(argument, absent));
            case Expression.Aggregation aggregation ->
                aggregation.vector().filter(vector -> isEmptyWithout(vector, absent)).isPresent();
            case Expression.Negation negation -> isEmptyWithout(negation.operand(), absent);
            case Expression.Subquery subquery -> isEmptyWithout(subquery.inner(), absent);
            case Expression.Constant _,Expression.Text _ -> false;
        };
    }

    /// The alerts whose expression is understood.
    Stream<Definition> alerts() {
        return server.alerts().filter(alert -> alert.expression().isPresent());
    }

    Optional<Located<String>> flag(String name) {
        return server.flag(name);
    }

    /// `alert A`, `alerts A and B`, `alerts A, B, C and 4 more`.
    static String alerts(Collection<Definition> alerts) {
        var names = alerts.stream().map(alert -> alert.name().value()).distinct().toList();
        return (names.size() == 1 ? "alert " : "alerts ") + joined(names);
    }

    /// The same for alerts and recording rules mixed.
    static String rules(Collection<Definition> rules) {
        var names = rules.stream().map(rule -> rule.name().value()).distinct().toList();
        return rules.stream().allMatch(Definition::alerts)
                ? alerts(rules)
                : (names.size() == 1 ? "rule " : "rules ") + joined(names);
    }

    static String joined(List<String> names) {
        if (names.size() > MOST_NAMES) {
            return String.join(", ", names.subList(0, MOST_NAMES - 1)) + " and " + (names.size() - MOST_NAMES + 1)
                    + " more";
        }
        return names.size() < 2
                ? String.join("", names)
                : names.stream().limit(names.size() - 1L).collect(Collectors.joining(", ")) + " and "
                        + names.getLast();
    }

    /// An expression on one line, cut when it is long.
    static String shortened(Definition rule) {
        var line = rule.text().value().strip().replaceAll("\\s+", " ");
        return line.length() <= MOST_CHARACTERS ? line : line.substring(0, MOST_CHARACTERS).strip() + " …";
    }
}
