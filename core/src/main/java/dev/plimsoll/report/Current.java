package dev.plimsoll.report;

import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.kinds.Setting;
import dev.plimsoll.kinds.Sizing;
import dev.plimsoll.plan.Plan;
import dev.plimsoll.plan.ServicePlan;
import dev.plimsoll.source.Located;
import dev.plimsoll.units.MemoryDialect;
import dev.plimsoll.units.MemorySize;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The values that users set themselves, beside those of a plan.
final class Current {
    private static final Pattern AMOUNT = Pattern.compile("(?:-Xms\\S+ )?(?:-Xmx)?(\\d+(?:[kKmMgG][bB]?)?)");

    private Current() {}

    /// The value as the user wrote it; empty when nobody did.
    static Optional<String> value(Plan plan, ServicePlan service, Sizing.Choice choice) {
        return plan.inventory().named(service.service()).flatMap(found -> setting(found, choice.setting())
                .or(() -> elsewhere(found, choice.setting())));
    }

    private static Optional<String> setting(Recognised service, String name) {
        return Stream.of(name, name.replaceFirst("^(-XX:|--?)", ""))
                .flatMap(candidate -> service.settings().get(candidate).stream()).findFirst()
                .filter(found -> found.origin() != Setting.Origin.DEFAULT).map(Setting::value);
    }

    /// In a place that its kind does not read: a variable, a flag, or the Compose file itself.
    private static Optional<String> elsewhere(Recognised service, String name) {
        if (name.equals("shm_size")) {
            return service.service().sharedMemorySize().map(size -> size.value().kilobytes() + "kB");
        }
        return service.service().variable(name).or(() -> service.clues().invocations().stream()
                .flatMap(run -> run.option(name.startsWith("-") ? name : "--" + name).stream()).findFirst())
                .map(Located::value);
    }

    /// Whether two texts mean the same: `1GB` and `1024MB`, `""` and nothing, `ON` and `on`. Amounts that differ by
    /// less than a twentieth come from rounding limits to 16 MB, and are the same too.
    static boolean isSame(String one, String other) {
        return plain(one).equals(plain(other)) || size(one).flatMap(first -> size(other)
                .map(second -> Math.abs(first.ratioTo(second) - 1) < 0.05)).orElse(false);
    }

    /// Whether one text is a number, a size or the option for a heap, and less than the other.
    static boolean isLess(String one, String other) {
        return amount(one).flatMap(first -> amount(other).map(second -> first.compareTo(second) < 0)).orElse(false);
    }

    private static Optional<MemorySize> amount(String text) {
        var match = AMOUNT.matcher(text);
        return match.matches() ? MemoryDialect.COMPOSE.parse(match.group(1)) : Optional.empty();
    }

    private static Optional<MemorySize> size(String text) {
        return MemoryDialect.COMPOSE.parse(text).filter(found -> found.bytes() > 1024);
    }

    private static String plain(String text) {
        return text.replace("\"", "").replace("'", "").strip().toLowerCase(Locale.ROOT);
    }
}
