package dev.plimsoll.render;

import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.Neighbourhood;
import dev.plimsoll.kinds.Recognised;
import java.util.Optional;

/// What a Redis asks of those who connect.
sealed interface RedisPassword {
    /// What the user can do when a client could not be given one.
    String REMEDY = "give every client a redis:// URL in its environment and render again";

    /// Nothing.
    ///
    /// @param obstacle why no password could be drawn, and what to do about it; empty when none was wanted
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
        var obstacle = obstacle(inventory, redis, urls);
        if (obstacle.isPresent()) {
            return new None(obstacle);
        }
        return urls.passwords().stream().findFirst()
                .<RedisPassword>map(password -> new Own(RedisUrls.decoded(password), true))
                .orElse(new Drawn());
    }

    private static Optional<String> obstacle(Inventory inventory, Recognised redis, RedisUrls urls) {
        if (new Neighbourhood(inventory, redis).joinsForeignNetwork()) {
            return Optional.of("services of other projects may reach it over an external network; set `requirepass` "
                    + "yourself and tell them");
        }
        return urls.urls().isEmpty()
                ? Optional.of("no service of the stack names it, so that nobody would know the password; " + REMEDY)
                : urls.obstacle().map(why -> why + "; " + REMEDY);
    }
}
