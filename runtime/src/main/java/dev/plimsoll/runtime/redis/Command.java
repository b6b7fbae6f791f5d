package dev.plimsoll.runtime.redis;

import io.lettuce.core.api.async.RedisAsyncCommands;
import java.util.concurrent.Future;

/// Something to ask of Redis.
///
/// @param <T> its answer
@FunctionalInterface
public interface Command<T> {
    Future<T> send(RedisAsyncCommands<String, byte[]> redis);
}
