package dev.plimsoll.kinds;

import dev.plimsoll.source.InputException;
import java.util.List;
import java.util.stream.Collectors;

/// Every kind, in the order in which they are tried: narrow ones before wide ones, Unknown last.
public final class Kinds {
    public static final List<Kind> ALL = List.of(
            new Alertmanager(), new BlackboxExporter(), new Cadvisor(), new Grafana(), new Loki(), new NodeExporter(),
            new PostgresExporter(), new RedisExporter(), new Prometheus(), new VictoriaMetrics(), new Exporter(),
            new Unknown());

    private Kinds() {}

    /// @throws InputException
    ///             when the hint names no kind
    static Kind of(Clues clues, ServiceHints hints) {
        if (hints.kind().isPresent()) {
            var wanted = hints.kind().get();
            return ALL.stream().filter(kind -> kind.id().equals(wanted.value())).findFirst()
                    .orElseThrow(() -> new InputException(wanted.where(), "`" + wanted.value() + "` is no kind",
                            "Use one of " + ALL.stream().map(Kind::id).sorted().collect(Collectors.joining(", "))));
        }
        return ALL.stream().filter(kind -> kind.recognises(clues)).findFirst().orElseThrow();
    }
}
