package dev.plimsoll.kinds;

import dev.plimsoll.stack.Host;
import java.util.List;
import java.util.regex.Pattern;

/// Exporter of Postgres metrics.
final class PostgresExporter implements Kind {
    /// 9 MB of its own, 20 MB resident; it holds two connections.
    private static final FixedSizing.Need NEED = new FixedSizing.Need(9, 20, 32,
            "measured on Debian 12, postgres_exporter 0.11");
    private static final Pattern NAME = Pattern.compile("(?:.*[-_])?(?:postgres(?:ql)?|pg)[-_]?exporter");

    @Override
    public String id() {
        return "postgres-exporter";
    }

    @Override
    public Role role() {
        return Role.EXPORTER;
    }

    @Override
    public boolean recognises(Clues clues) {
        return clues.imageIs("prometheuscommunity/postgres-exporter", "wrouesnel/postgres_exporter",
                "bitnami/postgres-exporter", "bitnamilegacy/postgres-exporter")
                || clues.imageNameMatches(NAME)
                || clues.runs("postgres_exporter", "postgres-exporter");
    }

    @Override
    public List<Integer> ports() {
        return List.of(9187);
    }

    @Override
    public Demand demand(Recognised service, Host host) {
        return NEED.demand(service, host);
    }

    @Override
    public Sizing sizing(Recognised service, Host host) {
        return NEED.sizing(0.1);
    }
}
