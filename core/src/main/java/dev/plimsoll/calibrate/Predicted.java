package dev.plimsoll.calibrate;

import dev.plimsoll.kinds.Amount;
import dev.plimsoll.kinds.PgBouncer;
import dev.plimsoll.kinds.PostgresMemory;
import dev.plimsoll.kinds.RedisMemory;
import dev.plimsoll.kinds.Term;
import dev.plimsoll.units.MemorySize;
import java.util.Optional;

/// What a memory model says a container holds in the state that was seen, so that model and reality are comparable.
///
/// @param typical with the typical figure for what cannot be seen
/// @param bound with the most the settings permit for what cannot be seen, such as sorts in the queries at work
public record Predicted(Amount typical, Amount bound) {
    /// Empty for kinds without a model of what they hold, and where the state does not say enough.
    public static Optional<Predicted> of(String kind, State state) {
        return switch (kind) {
            case "postgres" -> postgres(state);
            case "redis" -> redis(state);
            case "pgbouncer" -> pgBouncer(state);
            default -> Optional.empty();
        };
    }

    private static Optional<Predicted> postgres(State state) {
        var shared = state.size("memory.shared");
        var backends = state.count("postgres.connections.total");
        var active = state.count("postgres.connections.active");
        if (shared.isEmpty() || backends.isEmpty() || active.isEmpty()) {
            return Optional.empty();
        }
        var typical = PostgresMemory.held(shared.get(), Math.toIntExact(Math.min(backends.get(), 100_000)));
        var queries = PostgresMemory.queries(workMem(state), state.number("postgres.setting.hash_mem_multiplier")
                .orElse(1.0), active.get());
        return Optional.of(new Predicted(typical, with(typical, queries, PostgresMemory.slack())));
    }

    private static MemorySize workMem(State state) {
        return MemorySize.ofKilobytes(state.count("postgres.setting.work_mem").orElse(4096L));
    }

    private static Optional<Predicted> redis(State state) {
        return state.size("redis.info.used_memory").map(used -> {
            var typical = RedisMemory.held(used);
            return new Predicted(typical, with(typical, RedisMemory.buffers()));
        });
    }

    private static Optional<Predicted> pgBouncer(State state) {
        return PgBouncerState.clients(state).map(clients -> new Predicted(PgBouncer.held(clients, PgBouncerState
                .servers(state)), PgBouncer.budget(clients)));
    }

    private static Amount with(Amount amount, Term... more) {
        var terms = new java.util.ArrayList<>(amount.terms());
        terms.addAll(java.util.List.of(more));
        return new Amount(terms);
    }
}
