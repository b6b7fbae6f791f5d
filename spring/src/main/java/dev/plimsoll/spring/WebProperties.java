package dev.plimsoll.spring;

import static dev.plimsoll.spring.PropertyException.require;

import dev.plimsoll.runtime.web.RateLimit;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What stands before the service's own handlers.
///
/// @param openPaths Beginnings of paths that are neither limited nor turned away while the service ends, such as those
/// of health and metrics.
/// @param rateLimit Requests a second for each client, 1 to 1000000. Without it there is no limit.
/// @param burst Requests at once after a rest, 1 or more; 0 stands for twice the limit.
/// @param clients Clients remembered at most, 1 or more, about 200 bytes each.
/// @param drain How long requests under way may take once the service is told to end, 0 s to 10 min. Keep it below
/// spring.lifecycle.timeout-per-shutdown-phase and the container's stop_grace_period.
@ConfigurationProperties(prefix = "plimsoll.web", ignoreUnknownFields = false)
public record WebProperties(@DefaultValue("/actuator") List<String> openPaths, @Nullable Integer rateLimit,
        @DefaultValue("0") int burst, @DefaultValue("10000") int clients, @DefaultValue("20s") Duration drain) {
    public WebProperties {
        openPaths = List.copyOf(openPaths);
        for (var path : openPaths) {
            require(path.startsWith("/"), "plimsoll.web.open-paths", path, "begin paths with /, such as /actuator");
        }
        require(rateLimit == null || (rateLimit >= 1 && rateLimit <= 1_000_000), "plimsoll.web.rate-limit", String
                .valueOf(rateLimit), "write 1 to 1000000 requests a second, or leave it out for no limit");
        require(burst >= 0, "plimsoll.web.burst", burst, "write 1 or more, or 0 for twice the limit");
        require(clients >= 1, "plimsoll.web.clients", clients, "write 1 or more, such as 10000");
        require(!drain.isNegative() && drain.toMinutes() <= 10, "plimsoll.web.drain", drain,
                "write 0s to 10m, such as 20s");
    }

    Optional<RateLimit> limit() {
        return Optional.ofNullable(rateLimit).map(each -> RateLimit.perSecond(each, burst == 0 ? each * 2 : burst));
    }
}
