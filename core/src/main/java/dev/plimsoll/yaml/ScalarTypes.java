package dev.plimsoll.yaml;

import java.util.regex.Pattern;

/// Resolves plain scalars as Compose's YAML reader does: YAML 1.2 words, plus `0777` octal and `1_000` as numbers.
final class ScalarTypes {
    private static final Pattern INT = Pattern
            .compile("[-+]?(?:0|[1-9][0-9_]*|0[0-7_]+|0o[0-7_]+|0x[0-9a-fA-F_]+|0b[01_]+)");
    private static final Pattern FLOAT = Pattern
            .compile(
                    "[-+]?(?:\\.[0-9]+|[0-9]+(?:\\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN)");

    private ScalarTypes() {}

    static Node.Scalar.Type of(String plain) {
        return switch (plain) {
            case "", "~", "null", "Null", "NULL" -> Node.Scalar.Type.NULL;
            case "true", "True", "TRUE", "false", "False", "FALSE" -> Node.Scalar.Type.BOOL;
            default -> number(plain);
        };
    }

    private static Node.Scalar.Type number(String plain) {
        if (plain.length() > 40 || "0123456789+-.".indexOf(plain.charAt(0)) < 0) {
            return Node.Scalar.Type.STRING;
        }
        if (INT.matcher(plain).matches()) {
            return Node.Scalar.Type.INT;
        }
        return FLOAT.matcher(plain).matches() ? Node.Scalar.Type.FLOAT : Node.Scalar.Type.STRING;
    }
}
