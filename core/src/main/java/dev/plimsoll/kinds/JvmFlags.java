package dev.plimsoll.kinds;

import dev.plimsoll.source.Located;
import dev.plimsoll.stack.ShellWords;
import dev.plimsoll.units.MemoryDialect;
import dev.plimsoll.units.MemorySize;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// JVM options from the command line and from every variable that start scripts pass on.
final class JvmFlags {
    private static final Pattern VARIABLE = Pattern
            .compile("(?:.*_)?(?:JAVA|JVM|JDK_JAVA|JAVA_TOOL|CATALINA|HEAP|ES_JAVA|"
                    + "LS_JAVA|KAFKA_HEAP|SONAR_.*JAVA|GRADLE|MAVEN)_?(?:OPTS|OPTIONS|OPT|ARGS|ADDITIONAL.*)?(?:_APPEND|_KC_HEAP)?");
    private static final Pattern FLAG = Pattern
            .compile("-X(mx|ms|ss)(\\d+[kKmMgGtT]?)|-XX:([A-Za-z]+)=(\\S+)|-XX:([+-][A-Za-z0-9]+)");

    private JvmFlags() {}

    static void add(Clues clues, Settings.Builder settings) {
        clues.service().environment().forEach((name, value) -> {
            // Atlassian's images: a size without a flag.
            if (name.equals("JVM_MAXIMUM_MEMORY")) {
                settings.set("Xmx", value.value(), value.where(), Setting.Origin.ENVIRONMENT);
            }
            if (VARIABLE.matcher(name).matches()) {
                ShellWords.split(value.value()).orElse(List.of())
                        .forEach(word -> add(value.map(_ -> word), Setting.Origin.ENVIRONMENT, settings));
            }
        });
        clues.invocations().forEach(run -> run.arguments()
                .forEach(word -> add(word, Setting.Origin.FLAG, settings)));
    }

    private static void add(Located<String> word, Setting.Origin origin, Settings.Builder settings) {
        var match = FLAG.matcher(word.value());
        if (!match.matches()) {
            return;
        }
        if (match.group(1) != null) {
            settings.set("X" + match.group(1), match.group(2), word.where(), origin);
        } else if (match.group(3) != null) {
            settings.set(match.group(3), match.group(4), word.where(), origin);
        } else {
            settings.set(match.group(5).substring(1), match.group(5).startsWith("+") ? "on" : "off", word.where(),
                    origin);
        }
    }

    /// The heap bound: `-Xmx`, or MaxRAMPercentage of the memory the JVM sees.
    static Optional<MemorySize> heap(Settings settings, MemorySize visible) {
        return settings.size("Xmx", MemoryDialect.JVM).or(() -> settings.size("MaxHeapSize", MemoryDialect.JVM))
                .or(() -> settings.value("MaxRAMPercentage").flatMap(JvmFlags::percent).map(visible::times));
    }

    private static Optional<Double> percent(String text) {
        try {
            return Optional.of(Double.parseDouble(text) / 100).filter(share -> share > 0 && share <= 1);
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }
}
