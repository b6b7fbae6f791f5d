package dev.plimsoll.calibrate;

import java.util.Optional;
import java.util.stream.Stream;

/// What PgBouncer's pools hold.
final class PgBouncerState {
    private PgBouncerState() {}

    static Optional<Integer> clients(State state) {
        return sum(state, "cl_active", "cl_waiting");
    }

    static int servers(State state) {
        return sum(state, "sv_active", "sv_idle", "sv_used").orElse(0);
    }

    private static Optional<Integer> sum(State state, String... columns) {
        return Stream.of(columns).flatMap(column -> state.count("pgbouncer.pools." + column).stream())
                .reduce(Long::sum).map(total -> Math.toIntExact(Math.min(total, 1_000_000)));
    }
}
