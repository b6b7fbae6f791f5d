package dev.plimsoll.observe;

import dev.plimsoll.prometheus.Expression;
import dev.plimsoll.prometheus.Narrowed;
import dev.plimsoll.prometheus.Presence;
import dev.plimsoll.yaml.Node;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Whether alerts that name targets, as in `up{job="node"}`, name any that are there.
final class NarrowedAlerts {
    /// Names asked for; more are left out.
    private static final int MOST = 100;

    private final Map<Narrowed, Question> questions = new LinkedHashMap<>();

    /// @param rules the answer about rules
    /// @param port of Prometheus
    NarrowedAlerts(Node rules, int port) {
        Json.items(rules, "data", "groups").flatMap(group -> Json.items(group, "rules")).flatMap(rule -> names(rule)
                .stream()).distinct().limit(MOST).forEach(name -> questions.put(name, new Question.Http(port,
                        "/api/v1/query?query=" + encoded(name.query()))));
    }

    List<Question> questions() {
        return List.copyOf(questions.values());
    }

    /// The names in an alert that nobody bears, for want of which it cannot fire; empty when it has none, or when not
    /// all of them were answered.
    Optional<List<String>> unknown(Node rule, Sight sight) {
        var names = names(rule);
        var counts = new LinkedHashMap<Narrowed, Double>();
        names.forEach(name -> count(name, sight).ifPresent(count -> counts.put(name, count)));
        return names.isEmpty() || counts.size() < names.size()
                ? Optional.empty()
                : expression(rule).map(alert -> Presence.lacking(alert, selector -> Narrowed.of(selector).map(
                        name -> counts.getOrDefault(name, 1.0) > 0).orElse(true)).flatMap(selector -> Narrowed.of(
                                selector).stream())
                        .distinct().map(Narrowed::toString).toList());
    }

    private Optional<Double> count(Narrowed name, Sight sight) {
        return Optional.ofNullable(questions.get(name)).flatMap(question -> Optional.ofNullable(sight.answers().get(
                question))).flatMap(answer -> answer instanceof Question.Answer.Text(String text)
                        ? Json.read(text)
                        : Optional.empty())
                .flatMap(Json::sample);
    }

    private static List<Narrowed> names(Node rule) {
        return Json.text(rule, "type").orElse("").equals("alerting")
                ? expression(rule).stream().flatMap(Expression::selectors).flatMap(selector -> Narrowed.of(selector)
                        .stream()).distinct().toList()
                : List.of();
    }

    private static Optional<Expression> expression(Node rule) {
        return Json.text(rule, "query").flatMap(Expression::parse);
    }

    /// As a part of a URL.
    private static String encoded(String text) {
        var url = new StringBuilder();
        for (var one : text.getBytes(StandardCharsets.UTF_8)) {
            if (one >= '0' && one <= '9' || one >= 'A' && one <= 'Z' || one >= 'a' && one <= 'z' || one == '_') {
                url.append((char) one);
            } else {
                url.append("%%%02X".formatted(one));
            }
        }
        return url.toString();
    }
}
