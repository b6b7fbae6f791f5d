package dev.plimsoll.kinds;

import dev.plimsoll.kinds.RedisUse.Keeping;
import dev.plimsoll.units.MemorySize;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Redis settings for a given container limit, by what may be lost: a queue keeps everything on disk and never
/// evicts, a cache does the opposite.
final class RedisSizing implements Sizing {
    private static final String ADMIN = "https://redis.io/docs/latest/operate/oss_and_stack/management/admin/";
    private static final String EVICTION = "https://redis.io/docs/latest/develop/reference/eviction/";
    private static final String PERSISTENCE = "https://redis.io/docs/latest/operate/oss_and_stack/management/"
            + "persistence/";
    private static final String UNDECIDED = "nobody said that all may go, so only keys with an expiry make room";
    private static final MemorySize LEAST = MemorySize.ofMegabytes(64);
    private static final MemorySize ROUNDING = MemorySize.ofMegabytes(16);

    /// Data in MB that a cache can do with.
    private static final int LEAST_DATA = 16;
    /// Data in MB that are assumed where they may not be lost and nobody said how many there are.
    private static final int ASSUMED_DATA = 64;

    private final Recognised service;
    private final RedisUse use;

    RedisSizing(Recognised service) {
        this.service = service;
        this.use = new RedisUse(service);
    }

    /// The data it should hold, in MB: as hinted, or as maxmemory says; nothing when neither does. A cache works at any
    /// size, and what maxmemory allows it is not what it needs: half will do until memory is left. What somebody
    /// chose to keep is needed: what does not fit would be refused.
    private Optional<Integer> declared() {
        return service.hints().dataset().map(hint -> hint.value())
                .or(() -> Optional.of(Redis.maxMemory(service)).filter(most -> !most.isZero())
                        .map(most -> use.letsAnyGo() ? most.dividedBy(2) : most))
                .map(size -> Math.clamp(size.megabytes(), LEAST_DATA, 1 << 20));
    }

    @Override
    public Optional<Lever> lever() {
        return declared().map(megabytes -> new Lever("data in MB", megabytes, use.isBoundAlone()
                ? Math.max(LEAST_DATA, megabytes / 4)
                : megabytes));
    }

    @Override
    public MemorySize minimum(int level) {
        var assumed = use.isQueue() || use.keeping() == Keeping.LOG ? ASSUMED_DATA : LEAST_DATA;
        return limitFor(MemorySize.ofMegabytes(declared().isEmpty() ? assumed : level)).max(LEAST);
    }

    @Override
    public MemorySize assumed(int level) {
        return declared().isEmpty() && !use.letsAnyGo()
                ? minimum(level).max(limitFor(MemorySize.ofMegabytes(ASSUMED_DATA)))
                : minimum(level);
    }

    @Override
    public MemorySize useful(int level) {
        return service.hints().dataset().map(hint -> limitFor(hint.value()))
                .orElse(use.isQueue() || use.keeping() == Keeping.LOG
                        ? MemorySize.ofMegabytes(512).max(limitFor(Redis.maxMemory(service)))
                        : MemorySize.ofGigabytes(8))
                .max(minimum(level));
    }

    private MemorySize limitFor(MemorySize dataset) {
        return RedisMemory.ceiling(dataset, use.evicts(), use.forks(), service.calibrated()).total()
                .roundedUpTo(MemorySize.ofMegabytes(16));
    }

    @Override
    public double weight() {
        return 1.5;
    }

    @Override
    public Allotment at(MemorySize limit, int level) {
        var maxMemory = maxMemory(limit);
        var choices = new ArrayList<>(List.of(
                new Choice("maxmemory", maxMemory.megabytes() + "mb", arithmetic(limit),
                        service.calibrated().source(Constant.FRAGMENTATION, use.evicts() ? RedisMemory.MODEL : ADMIN),
                        "the limit, the role"),
                new Choice("maxmemory-policy", use.policy(), whyPolicy(), EVICTION, "x-plimsoll.role, the policy")));
        choices.addAll(switch (use.keeping()) {
            case NOTHING -> nothing();
            case SNAPSHOTS -> snapshots();
            case LOG -> log();
        });
        choices.add(new Choice("client-output-buffer-limit", "normal 64mb 32mb 60", "one slow reader must not grow "
                + "without bound", "https://redis.io/docs/latest/develop/reference/clients/",
                "clients that read large replies"));
        return new Allotment(choices, Optional.of(RedisMemory.ceiling(maxMemory, use.evicts(), use.forks(),
                service.calibrated())),
                maxMemory.times(service.calibrated().number(Constant.FRAGMENTATION)
                        .orElse(RedisMemory.FRAGMENTATION)).plus(RedisMemory.base(service.calibrated())).min(limit));
    }

    private double fragmentation() {
        return RedisMemory.fragmentation(use.evicts(), service.calibrated());
    }

    private MemorySize maxMemory(MemorySize limit) {
        var factor = fragmentation() * (use.forks() ? RedisMemory.FORK_FACTOR : 1);
        var most = limit.minus(RedisMemory.base(service.calibrated())).minus(RedisMemory.BUFFERS).bytes() / factor;
        var all = MemorySize.ofBytes((long) most).roundedDownTo(MemorySize.ofMegabytes(1));
        var chosen = Redis.maxMemory(service);
        // A few megabytes more come from rounding the limit.
        return chosen.isZero() || chosen.isLargerThan(all) || all.minus(chosen).isLargerThan(ROUNDING) ? all : chosen;
    }

    private String arithmetic(MemorySize limit) {
        return "(limit " + limit + " - " + RedisMemory.base(service.calibrated()) + " base - 16 MB buffers) / ("
                + RedisMemory.text(fragmentation()) + " fragmentation"
                + (use.evicts() ? " while values of another size replace all data" : "")
                + (use.forks()
                        ? " × 2 while " + (use.keeping() == Keeping.LOG
                                ? "the AOF is rewritten"
                                : "a snapshot is taken")
                        : "")
                + ")";
    }

    private String whyPolicy() {
        if (use.chosenPolicy().filter(use.policy()::equals).isPresent()) {
            return "as configured";
        }
        if (use.isQueue()) {
            return "a queue must not lose jobs";
        }
        return switch (use.keeping()) {
            case NOTHING -> use.letsAnyGo() ? "a cache makes room by itself" : UNDECIDED;
            case SNAPSHOTS -> UNDECIDED;
            case LOG -> "a store must not lose data";
        };
    }

    private static List<Choice> nothing() {
        return List.of(new Choice("appendonly", "no", "a cache can be filled again", PERSISTENCE, "the role"),
                new Choice("save", "\"\"", "no fork, so no copy of changed pages", PERSISTENCE, "the role"),
                new Choice("lazyfree-lazy-eviction", "yes", "large values are freed in the background", ADMIN,
                        "nothing"));
    }

    /// The server's own times of snapshots stay where nobody chose others, except for a queue.
    private List<Choice> snapshots() {
        var choices = new ArrayList<>(
                List.of(new Choice("appendonly", "no", "as it is: a Redis that starts with an AOF "
                        + "does not read its snapshot", PERSISTENCE, "CONFIG SET appendonly yes, then the same here")));
        if (use.isQueue() && use.chosen("save").isEmpty()) {
            choices.add(new Choice("save", "60 1", "at most a minute of jobs is lost", PERSISTENCE, "an AOF"));
        }
        return choices;
    }

    private List<Choice> log() {
        var fsync = use.chosen("appendfsync");
        return List.of(
                new Choice("appendonly", "yes", Redis.usesAof(service)
                        ? "as configured"
                        : use.isQueue() ? "jobs survive a restart" : "data survive a restart", PERSISTENCE,
                        use.evicts() ? "x-plimsoll.role: cache leaves it out, and its memory" : "the role"),
                new Choice("appendfsync", fsync.orElse("everysec"), fsync.isPresent()
                        ? "as configured"
                        : "at most one second is lost", PERSISTENCE, "stricter durability"),
                new Choice("save", "\"\"", "the AOF is enough; snapshots fork again", PERSISTENCE, "the role"));
    }
}
