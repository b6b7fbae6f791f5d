package dev.plimsoll.cli;

import dev.plimsoll.load.Request;
import dev.plimsoll.load.Template;
import dev.plimsoll.load.Traffic;
import dev.plimsoll.source.InputException;
import dev.plimsoll.source.Location;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads what the options of a load are given. What cannot be sent as it is written is refused, never bent.
final class TargetValues {
    /// A token of RFC 9110.
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    private TargetValues() {}

    /// A header as a name and a value.
    ///
    /// @throws InputException when it is none
    static Map.Entry<String, String> header(String text) {
        var colon = text.indexOf(':');
        var name = text.substring(0, Math.max(0, colon)).strip();
        if (!NAME.matcher(name).matches() || text.chars().anyMatch(sign -> sign == '\r' || sign == '\n')) {
            throw new InputException(Location.ofFile("--header"), "`" + text.lines().findFirst().orElse("")
                    + "` is no header", "Write it as NAME:VALUE, in one line");
        }
        return Map.entry(name, text.substring(colon + 1).strip());
    }

    /// A text whose placeholders all get a value.
    ///
    /// @param traffic may give values of its own
    /// @throws InputException when there is another one
    static Template template(String text, Traffic traffic) {
        var template = Template.parse(text).orElseThrow(() -> noPlaceholder("{{" + Template.unknown(text).orElse("")
                + "}}"));
        template.parts().stream().filter(part -> !traffic.gives(part)).findFirst().ifPresent(part -> {
            throw noPlaceholder(new Template(List.of(part)).source());
        });
        return template;
    }

    private static InputException noPlaceholder(String text) {
        return new InputException(Location.ofFile("command line"), "`" + text + "` is no placeholder",
                "There are {{uuid}}, {{count}} and {{int LOW HIGH}}, and what a traffic file extracts or reads");
    }

    /// Reads a method, in any case.
    static final class Method implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            var method = text.toUpperCase(Locale.ROOT);
            if (!Request.METHODS.contains(method)) {
                throw new TypeConversionException("`" + text + "` is none of " + String.join(", ", Request.METHODS));
            }
            return method;
        }
    }

    /// Reads a number of connections, or of clients, who need one each.
    static final class Count implements ITypeConverter<Integer> {
        /// What one address can open to another leaves room for: a Linux machine has 28,232 ports for it.
        private static final int MOST = 20_000;

        @Override
        public Integer convert(String text) {
            if (!text.matches("\\d{1,5}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > MOST) {
                throw new TypeConversionException("`" + text + "` is no whole number from 1 to " + MOST);
            }
            return Integer.valueOf(text);
        }
    }

    /// Reads an arrival rate.
    static final class Rate implements ITypeConverter<Double> {
        /// More than any generator here was seen to send (docs/stress.md, Measured).
        private static final int MOST = 200_000;

        @Override
        public Double convert(String text) {
            var rate = new LoadOptions.Positive().convert(text);
            if (rate > MOST) {
                throw new TypeConversionException("`" + text + "` is more than " + MOST + " a second");
            }
            return rate;
        }
    }
}
