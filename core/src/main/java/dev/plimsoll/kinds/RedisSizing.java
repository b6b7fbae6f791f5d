package dev.plimsoll.kinds;

import dev.plimsoll.units.MemorySize;
import java.util.ArrayList;
import java.util.Optional;

/// Redis settings for a given container limit, by role: a broker keeps everything on disk and never evicts, a cache
/// does the opposite.
record RedisSizing(Recognised service) implements Sizing {
    private static final String ADMIN = "https://redis.io/docs/latest/operate/oss_and_stack/management/admin/";
    private static final String EVICTION = "https://redis.io/docs/latest/develop/reference/eviction/";
    private static final String PERSISTENCE = "https://redis.io/docs/latest/operate/oss_and_stack/management/"
            + "persistence/";
    private static final MemorySize LEAST = MemorySize.ofMegabytes(64);

    /// Data in MB that fit the least limit.
    private static final int LEAST_DATA = 16;

    /// Whether data must survive a restart: a queue uses it, or somebody switched the append-only file on.
    private boolean durable() {
        return service.role() == Role.BROKER || service.role() == Role.DATABASE || Redis.usesAof(service);
    }

    /// A queue refuses more data, anything else makes room.
    private boolean evicts() {
        return service.role() != Role.BROKER;
    }

    /// The data it should hold, in MB: as hinted, or as maxmemory says; nothing when neither does. A cache works at any
    /// size, and what maxmemory allows it is not what it needs: half will do until memory is left.
    private Optional<Integer> declared() {
        return service.hints().dataset().map(hint -> hint.value())
                .or(() -> Optional.of(Redis.maxMemory(service)).filter(most -> !most.isZero())
                        .map(most -> evicts() ? most.dividedBy(2) : most))
                .map(size -> Math.clamp(size.megabytes(), LEAST_DATA, 1 << 20));
    }

    @Override
    public Optional<Lever> lever() {
        return declared().map(megabytes -> new Lever("data in MB", megabytes, Math.max(LEAST_DATA, megabytes / 4)));
    }

    @Override
    public MemorySize minimum(int level) {
        return limitFor(MemorySize.ofMegabytes(declared().isEmpty() ? LEAST_DATA : level)).max(LEAST);
    }

    @Override
    public MemorySize useful(int level) {
        return service.hints().dataset().map(hint -> limitFor(hint.value()))
                .orElse(durable() ? MemorySize.ofMegabytes(512) : MemorySize.ofGigabytes(8)).max(minimum(level));
    }

    private MemorySize limitFor(MemorySize dataset) {
        return RedisMemory.ceiling(dataset, evicts(), durable(), service.calibrated()).total()
                .roundedUpTo(MemorySize.ofMegabytes(16));
    }

    @Override
    public double weight() {
        return 1.5;
    }

    @Override
    public Allotment at(MemorySize limit, int level) {
        var base = RedisMemory.base(service.calibrated());
        var fragmentation = RedisMemory.fragmentation(evicts(), service.calibrated());
        var factor = fragmentation * (durable() ? RedisMemory.FORK_FACTOR : 1);
        var most = limit.minus(base).minus(RedisMemory.BUFFERS).bytes() / factor;
        var maxMemory = MemorySize.ofBytes((long) most).roundedDownTo(MemorySize.ofMegabytes(1));
        var choices = new ArrayList<Sizing.Choice>();
        choices.add(new Choice("maxmemory", maxMemory.megabytes() + "mb",
                "(limit " + limit + " - " + base + " base - 16 MB "
                        + "buffers) / (" + RedisMemory.text(fragmentation) + " fragmentation"
                        + (evicts() ? " while values of another size replace all data" : "")
                        + (durable() ? " × 2 while the AOF is rewritten" : "") + ")",
                service.calibrated().source(Constant.FRAGMENTATION, evicts() ? RedisMemory.MODEL : ADMIN),
                "the limit, the role"));
        if (durable()) {
            choices.add(new Choice("maxmemory-policy", evicts() ? "allkeys-lru" : "noeviction", evicts()
                    ? "a cache makes room by itself"
                    : "a queue must not lose jobs", EVICTION, "the role"));
            choices.add(new Choice("appendonly", "yes", "jobs survive a restart", PERSISTENCE, "the role"));
            choices.add(new Choice("appendfsync", "everysec", "at most one second is lost", PERSISTENCE,
                    "stricter durability"));
            choices.add(new Choice("save", "\"\"", "the AOF is enough; snapshots fork again", PERSISTENCE,
                    "the role"));
        } else {
            choices.add(new Choice("maxmemory-policy", "allkeys-lru", "a cache makes room by itself", EVICTION,
                    "keys without which the application fails"));
            choices.add(new Choice("appendonly", "no", "a cache can be filled again", PERSISTENCE, "the role"));
            choices.add(new Choice("save", "\"\"", "no fork, so no copy of changed pages", PERSISTENCE, "the role"));
            choices.add(new Choice("lazyfree-lazy-eviction", "yes", "large values are freed in the background", ADMIN,
                    "nothing"));
        }
        choices.add(new Choice("client-output-buffer-limit", "normal 64mb 32mb 60", "one slow reader must not grow "
                + "without bound", "https://redis.io/docs/latest/develop/reference/clients/",
                "clients that read "
                        + "large replies"));
        return new Allotment(choices, Optional.of(RedisMemory.ceiling(maxMemory, evicts(), durable(),
                service.calibrated())),
                maxMemory.times(service.calibrated().number(Constant.FRAGMENTATION)
                        .orElse(RedisMemory.FRAGMENTATION)).plus(base).min(limit));
    }
}
