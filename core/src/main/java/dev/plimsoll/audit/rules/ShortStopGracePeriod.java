package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

public final class ShortStopGracePeriod implements Rule {
    private static final Pattern DURATION = Pattern.compile("(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)(?:\\.\\d+)?s)?"
            + "(?:(\\d+)ms)?");
    private static final int ENGINE_DEFAULT = 10;

    @Override
    public About about() {
        return new About("REL010", "short-stop-grace-period", Severity.MEDIUM, Confidence.CERTAIN,
                "A data service gets less than the engine's 10 seconds to stop.",
                "A database writes its memory out when it stops. When the time is over it is killed, and the next "
                        + "start begins with crash recovery, or with a lost queue.",
                "Give databases `stop_grace_period: 60s`.",
                "https://docs.docker.com/reference/compose-file/services/#stop_grace_period");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return inventory.running().filter(service -> service.role().isStateful())
                .filter(service -> !service.is("memcached"))
                .flatMap(service -> service.service().text("stop_grace_period")
                        .filter(text -> seconds(text.value()).filter(count -> count < ENGINE_DEFAULT).isPresent())
                        .map(text -> finding(service, text.where(), service.name() + " is killed after "
                                + text.value() + " when it stops, before it has surely written its data",
                                "Set stop_grace_period: 60s"))
                        .stream());
    }

    private static Optional<Long> seconds(String text) {
        var match = DURATION.matcher(text.strip());
        if (text.isBlank() || !match.matches()) {
            return Optional.empty();
        }
        return Optional.of(part(match.group(1)) * 3600 + part(match.group(2)) * 60 + part(match.group(3)));
    }

    private static long part(@org.jspecify.annotations.Nullable String digits) {
        return digits == null || digits.length() > 9 ? 0 : Long.parseLong(digits);
    }
}
