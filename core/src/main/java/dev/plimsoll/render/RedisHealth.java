package dev.plimsoll.render;

import dev.plimsoll.kinds.Recognised;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The health test of a Redis or Valkey whose rendered settings are in force, so that port and login are known.
final class RedisHealth {
    private static final String USUAL_PORT = "6379";

    private RedisHealth() {}

    static Optional<HealthTest> of(Task task, Recognised redis) {
        var settings = redis.settings();
        if (RedisAccess.hasOwnUsers(redis) || !HealthTests.isLocal(settings.value("bind"))) {
            return Optional.empty();
        }
        return HealthTests.port(settings.value("port"), USUAL_PORT).flatMap(port -> RedisConf.applied(task, redis)
                .flatMap(given -> test(given, port)));
    }

    private static Optional<HealthTest> test(RedisAccess.Case given, String port) {
        var client = (given.server().valkey() ? "valkey-cli" : "redis-cli")
                + (port.equals(USUAL_PORT) ? "" : " -p " + port);
        return switch (given.password()) {
            case RedisPassword.None _,RedisPassword.Drawn _ -> Optional.of(ping(client, Map.of()));
            case RedisPassword.Own own when own.inUrls() || given.redis().clues().has(RedisAccess.CLIENT_PASSWORD) ->
                Optional.of(ping(client, Map.of()));
            // The user's own password may be one that only .env holds; the watching user's need not be repeated.
            case RedisPassword.Own _ -> given.server().hasAcl()
                    ? Optional.of(ping(client + " --user " + RedisAcl.MONITOR, Map.of(RedisAccess.CLIENT_PASSWORD,
                            ComposeText.required(RedisConf.MONITOR_PASSWORD.name()))))
                    : Optional.empty();
        };
    }

    private static HealthTest ping(String client, Map<String, String> environment) {
        return new HealthTest(List.of("CMD-SHELL", client + " ping | grep -q PONG"), environment, false);
    }
}
