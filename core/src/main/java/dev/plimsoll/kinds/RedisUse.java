package dev.plimsoll.kinds;

import dev.plimsoll.kinds.ServiceHints.RedisRole;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// What a Redis may lose. What somebody wrote down counts before what its users look like, and where nobody said
/// anything, data that a volume keeps stay.
///
/// Nobody is switched from snapshots to an append-only file unasked: a Redis that starts with an append-only file does
/// not look at its snapshot, and what it held is gone.
record RedisUse(Recognised service) {
    static final String QUEUE_POLICY = "noeviction";
    static final String CACHE_POLICY = "allkeys-lru";
    /// Takes what was given an expiry, as caches, sessions and locks are; what was not is refused room, and not lost.
    static final String EXPIRING_POLICY = "volatile-lru";
    private static final String ANY_KEY = "allkeys";

    /// How data survive a restart.
    enum Keeping {
        NOTHING, SNAPSHOTS, LOG
    }

    Keeping keeping() {
        if (isSaid(RedisRole.CACHE)) {
            return Keeping.NOTHING;
        }
        if (Redis.usesAof(service) || isSaid(RedisRole.STORE) || isSaid(RedisRole.QUEUE)) {
            return Keeping.LOG;
        }
        if (!Redis.usesSnapshots(service)) {
            return isQueue() ? Keeping.LOG : Keeping.NOTHING;
        }
        return isQueue() || !isDisposable() ? Keeping.SNAPSHOTS : Keeping.NOTHING;
    }

    /// What makes room at maxmemory.
    String policy() {
        if (isQueue()) {
            return chosenPolicy().filter(policy -> policy.startsWith("volatile")).orElse(QUEUE_POLICY);
        }
        var chosen = chosenPolicy().filter(policy -> !isSaid(RedisRole.CACHE) || !policy.equals(QUEUE_POLICY));
        return chosen.orElseGet(() -> switch (keeping()) {
            case NOTHING -> isSurelyCache() ? CACHE_POLICY : EXPIRING_POLICY;
            case SNAPSHOTS -> EXPIRING_POLICY;
            case LOG -> QUEUE_POLICY;
        });
    }

    /// Whether any key makes room, so that less memory only means more misses.
    boolean letsAnyGo() {
        return policy().startsWith(ANY_KEY);
    }

    /// Whether maxmemory says what the data may take, and not what they need: it stood beside a policy that lets
    /// any go, or alone, with nothing that keeps them.
    boolean isBoundAlone() {
        return letsAnyGo() || keeping() == Keeping.NOTHING && isUndecided()
                || chosenPolicy().filter(policy -> policy.startsWith(ANY_KEY)).isPresent();
    }

    boolean evicts() {
        return !policy().equals(QUEUE_POLICY);
    }

    boolean forks() {
        return keeping() != Keeping.NOTHING;
    }

    boolean isQueue() {
        return service.role() == Role.BROKER;
    }

    Optional<String> chosenPolicy() {
        return chosen("maxmemory-policy").map(policy -> policy.toLowerCase(Locale.ROOT));
    }

    Optional<String> chosen(String setting) {
        return service.settings().get(setting).filter(set -> set.origin() != Setting.Origin.DEFAULT)
                .map(Setting::value);
    }

    /// Whether any key may go, as the policy says, or as it seems where nobody chose policy, snapshots or a volume.
    private boolean isDisposable() {
        return chosenPolicy().map(policy -> policy.startsWith(ANY_KEY))
                .orElseGet(() -> chosen("save").isEmpty() && !hasVolume());
    }

    /// Whether somebody said so: by a hint, by switching off all that keeps data, by its name.
    private boolean isSurelyCache() {
        return isSaid(RedisRole.CACHE) || chosen("save").isPresent()
                || service.name().toLowerCase(Locale.ROOT).contains(
                        "cache");
    }

    private boolean hasVolume() {
        var paths = Stream.concat(service.kind().dataPaths(service.service()).stream(), service.settings().value("dir")
                .stream()).toList();
        return service.service().mounts().stream().anyMatch(mount -> paths.stream().anyMatch(mount::covers));
    }

    boolean isUndecided() {
        return policy().equals(EXPIRING_POLICY) && !isQueue() && chosenPolicy().isEmpty();
    }

    private boolean isSaid(RedisRole role) {
        return service.hints().isFor(role);
    }
}
