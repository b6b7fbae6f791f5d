package dev.plimsoll.runtime.redis;

import dev.plimsoll.runtime.tag.Tag;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SetArgs;
import io.lettuce.core.Value;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/// The keys of generations in Redis: one number a tag. It begins at random, so that a tag whose key was evicted never
/// gets an old number again, and is counted up, so that a command that ran twice does no harm.
final class GenerationKeys {
    /// A tag unused for so long costs its bearers one more loading.
    private static final Duration KEPT = Duration.ofDays(7);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    /// Time for both ends of a lease to be rounded to ms.
    private static final long ROUNDING = 2;

    /// A server that is full and may drop nothing still deletes, and a generation that is gone is as good as ended.
    private static final String BEGIN_NEXT = """
            for i = 3, #KEYS do
              local next
              if redis.call('EXISTS', KEYS[i]) == 1 then next = redis.pcall('INCR', KEYS[i])
              else next = redis.pcall('SET', KEYS[i], ARGV[i]) end
              if type(next) == 'table' and next.err then redis.call('DEL', KEYS[i])
              else redis.call('EXPIRE', KEYS[i], ARGV[1]) end
            end
            local t = redis.call('TIME')
            local now = t[1] * 1000 + math.floor(t[2] / 1000)
            local told = {redis.call('PUBLISH', KEYS[2], ARGV[2]), redis.call('ZCARD', KEYS[1])}
            for i, word in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], now, '+inf', 'WITHSCORES')) do
              if i % 2 == 1 then told[i + 2] = word else told[i + 2] = word - now end
            end
            return told
            """;

    private final RedisLink link;
    private final Names names;

    GenerationKeys(RedisLink link, Names names) {
        this.link = link;
        this.names = names;
    }

    /// An invalidation to be sent.
    ///
    /// @param author who is answered
    record Expectation(String id, String author) {}

    /// Who has to answer.
    ///
    /// @param receivers processes that were told
    /// @param recorded processes on record, those whose lease is over too
    /// @param leases remaining time in ms by member
    record Told(long receivers, long recorded, Map<String, Long> leases) {}

    Expectation expectation(Optional<String> author) {
        return new Expectation(UUID.randomUUID().toString(), author.orElse("nobody"));
    }

    /// The numbers in the order of the tags; empty if one has none.
    Optional<List<Long>> read(Collection<Tag> tags) throws UnreachableException {
        if (tags.isEmpty()) {
            return Optional.of(List.of());
        }
        return link.askServer((redis, run) -> redis.mget(keys(tags)).toCompletableFuture().thenApply(
                answers -> answers.stream().allMatch(Value::hasValue)
                        ? Optional.of(answers.stream().map(
                                answer -> number(answer.getValue(), run)).toList())
                        : Optional.empty()));
    }

    /// Gives a tag its first number unless it has one.
    void beginFirst(Tag tag) throws UnreachableException {
        var unused = link.ask(redis -> redis.set(names.generation(tag.name()), text(beginning()), first())
                .toCompletableFuture().thenApply(Optional::ofNullable));
    }

    static SetArgs first() {
        return SetArgs.Builder.nx().ex(KEPT);
    }

    /// Begins the next generation of each tag and tells all members.
    Told begin(List<Tag> tags, Expectation expectation) throws UnreachableException {
        var message = new StringBuilder("drop ").append(expectation.author()).append(' ').append(expectation.id());
        tags.forEach(tag -> message.append(' ').append(tag.name()));
        var all = new ArrayList<>(List.of(names.members(), names.everyone()));
        all.addAll(List.of(keys(tags)));
        var arguments = new ArrayList<byte[]>();
        arguments.add(text(KEPT.toSeconds()));
        arguments.add(message.toString().getBytes(StandardCharsets.US_ASCII));
        tags.forEach(tag -> arguments.add(text(beginning())));
        List<Object> answer = link.insist((redis, run) -> redis.eval(BEGIN_NEXT, ScriptOutputType.MULTI,
                all.toArray(String[]::new), arguments.toArray(byte[][]::new)), PATIENCE);
        var leases = new LinkedHashMap<String, Long>();
        for (var at = 2; at + 1 < answer.size(); at += 2) {
            leases.put(new String((byte[]) answer.get(at), StandardCharsets.US_ASCII),
                    (Long) answer.get(at + 1) + ROUNDING);
        }
        return new Told((Long) answer.get(0), (Long) answer.get(1), leases);
    }

    private String[] keys(Collection<Tag> tags) {
        return tags.stream().map(tag -> names.generation(tag.name())).toArray(String[]::new);
    }

    /// A restarted server may have forgotten invalidations, so the same number means another generation there.
    private static long number(byte[] answer, String run) {
        var number = Long.parseLong(new String(answer, StandardCharsets.US_ASCII));
        return number ^ UUID.nameUUIDFromBytes(run.getBytes(StandardCharsets.UTF_8)).getMostSignificantBits();
    }

    static long beginning() {
        return ThreadLocalRandom.current().nextLong(1L << 62);
    }

    private static byte[] text(long number) {
        return Long.toString(number).getBytes(StandardCharsets.US_ASCII);
    }
}
