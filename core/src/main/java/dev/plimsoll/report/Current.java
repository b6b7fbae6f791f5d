package dev.plimsoll.report;

import dev.plimsoll.kinds.Setting;
import dev.plimsoll.kinds.Sizing;
import dev.plimsoll.plan.Plan;
import dev.plimsoll.plan.ServicePlan;
import dev.plimsoll.units.MemoryDialect;
import dev.plimsoll.units.MemorySize;
import java.util.Locale;
import java.util.Optional;

/// The values that users set themselves, beside those of a plan.
final class Current {
    private Current() {}

    /// The setting as the user wrote it; empty when nobody did.
    static Optional<Setting> setting(Plan plan, ServicePlan service, Sizing.Choice choice) {
        var name = choice.setting().replaceFirst("^-{1,2}", "");
        return plan.inventory().named(service.service()).flatMap(found -> found.settings().get(choice.setting())
                .or(() -> found.settings().get(name))).filter(found -> found.origin() != Setting.Origin.DEFAULT);
    }

    /// Whether two texts mean the same: `1GB` and `1024MB`, `""` and nothing, `ON` and `on`. Amounts that differ by
    /// less
    /// than a twentieth come from rounding limits to 16 MB, and are the same too.
    static boolean isSame(String one, String other) {
        return plain(one).equals(plain(other)) || size(one).flatMap(first -> size(other)
                .map(second -> Math.abs(first.ratioTo(second) - 1) < 0.05)).orElse(false);
    }

    private static Optional<MemorySize> size(String text) {
        return MemoryDialect.COMPOSE.parse(text).filter(found -> found.bytes() > 1024);
    }

    private static String plain(String text) {
        return text.replace("\"", "").replace("'", "").strip().toLowerCase(Locale.ROOT);
    }
}
