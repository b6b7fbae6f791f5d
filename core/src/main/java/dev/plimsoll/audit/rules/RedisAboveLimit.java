package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.Redis;
import dev.plimsoll.kinds.RedisMemory;
import dev.plimsoll.kinds.Setting;
import dev.plimsoll.units.MemorySize;
import java.util.stream.Stream;

/// Redis at its maxmemory does not fit its limit.
public final class RedisAboveLimit implements Rule {
    @Override
    public About about() {
        return new About("MEM021", "redis-above-limit", Severity.HIGH, Confidence.CERTAIN,
                "At its maxmemory, with fragmentation and persistence, a Redis exceeds its limit.",
                "Fragmentation adds 7 to 45 %, and while a snapshot or an AOF rewrite runs, every changed"
                        + " page exists twice: factors of 1.92 and 1.93 were measured. Redis is killed by the limit"
                        + " before it evicts. While values of another size replace all data, it takes up to 1.9 times"
                        + " maxmemory; a plan counts that, this rule does not.",
                "Set maxmemory to 0.75 × limit without persistence, to 0.43 × limit with it.",
                "https://redis.io/docs/latest/operate/oss_and_stack/management/admin/");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return inventory.ofKind("redis").flatMap(service -> service.limit().stream().flatMap(limit -> {
            var most = Redis.maxMemory(service);
            var forks = Redis.usesAof(service) || Redis.usesSnapshots(service)
                    && service.settings().get("save").filter(save -> save.origin() != Setting.Origin.DEFAULT)
                            .isPresent();
            var ceiling = RedisMemory.steady(most, forks);
            if (most.isZero() || !ceiling.total().isLargerThan(limit.value())) {
                return Stream.empty();
            }
            var factor = RedisMemory.FRAGMENTATION * (forks ? RedisMemory.FORK_FACTOR : 1);
            var fitting = limit.value().minus(RedisMemory.BASE).minus(RedisMemory.BUFFERS).times(1 / factor)
                    .roundedDownTo(MemorySize.ofMegabytes(1));
            var data = most.times(factor);
            var where = service.settings().get("maxmemory").map(Setting::where).orElse(limit.where());
            return Stream.of(finding(service, most.compareTo(limit.value()) >= 0 ? Severity.CRITICAL : Severity.HIGH,
                    where, "maxmemory "
                            + most + " × 1.15 fragmentation" + (forks
                                    ? " × 2 during " + (Redis.usesAof(service)
                                            ? "AOF rewrite"
                                            : "snapshot")
                                    : "")
                            + " = " + data + ", with 24 MB base and buffers "
                            + ceiling.total() + " > limit " + limit.value(),
                    "Set maxmemory to " + fitting.megabytes() + "mb, or the limit to "
                            + ceiling.total().roundedUpTo(MemorySize.ofMegabytes(16))));
        }));
    }
}
