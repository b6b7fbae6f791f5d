package dev.plimsoll.render;

import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.Recognised;
import java.util.Optional;

/// What a Redis asks of those who connect.
sealed interface RedisPassword {
    /// Nothing.
    ///
    /// @param obstacle why no password could be drawn; empty when none was wanted
    record None(Optional<String> obstacle) implements RedisPassword {}

    /// What the user's own files say.
    ///
    /// @param inUrls whether clients say it in their URLs while the server does not ask for it yet
    record Own(String text, boolean inUrls) implements RedisPassword {}

    /// A secret of its own, which every client can be given.
    record Drawn() implements RedisPassword {}

    static RedisPassword of(Profile profile, Inventory inventory, Recognised redis, RedisUrls urls) {
        var own = redis.settings().value("requirepass").filter(password -> !password.isBlank());
        if (own.isPresent()) {
            return new Own(own.get(), false);
        }
        if (profile == Profile.DEVELOPMENT) {
            return new None(Optional.empty());
        }
        if (inventory.clientsOf(redis).isEmpty()) {
            return new None(Optional.of("no service of the stack names it, so that nobody would know the password"));
        }
        if (urls.obstacle().isPresent()) {
            return new None(urls.obstacle());
        }
        return urls.passwords().stream().findFirst()
                .<RedisPassword>map(password -> new Own(RedisUrls.decoded(password), true))
                .orElse(new Drawn());
    }
}
