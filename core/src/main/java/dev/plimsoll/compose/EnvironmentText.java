package dev.plimsoll.compose;

import dev.plimsoll.yaml.Node;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/// The text a container gets for an unquoted value of `environment`: Compose reads it as a YAML number, or truth
/// value first and prints that, so `012` arrives as `10` and `1.50` as `1.5`.
final class EnvironmentText {
    /// A number whose exponent a double can hold; infinity and larger ones stay as written.
    private static final Pattern MODERATE = Pattern.compile("[-+.0-9]+(?:[eE][-+]?\\d{1,2})?");

    private EnvironmentText() {}

    static String of(Node.Scalar scalar) {
        var text = scalar.text();
        return switch (scalar.type()) {
            case INT -> integer(text.replace("_", ""));
            case FLOAT -> decimal(text);
            case BOOL -> text.toLowerCase(java.util.Locale.ROOT);
            case STRING, NULL -> text;
        };
    }

    private static String integer(String text) {
        var negative = text.startsWith("-");
        var digits = text.replaceFirst("^[-+]", "");
        var value = digits.startsWith("0x")
                ? parse(digits.substring(2), 16)
                : digits.startsWith("0o")
                        ? parse(digits.substring(2), 8)
                        : digits.startsWith("0b")
                                ? parse(digits.substring(2), 2)
                                : digits.length() > 1 && digits.startsWith("0")
                                        ? parse(digits.substring(1), 8)
                                        : digits;
        return negative ? "-" + value : value;
    }

    private static String parse(String digits, int radix) {
        return new java.math.BigInteger(digits.isEmpty() ? "0" : digits, radix).toString();
    }

    private static String decimal(String text) {
        if (!MODERATE.matcher(text).matches()) {
            return text;
        }
        var value = new BigDecimal(text.endsWith(".") ? text + "0" : text).stripTrailingZeros();
        var exponent = value.precision() - value.scale() - 1;
        return exponent < -4 || exponent >= 21 ? String.valueOf(value.doubleValue()) : value.toPlainString();
    }
}
