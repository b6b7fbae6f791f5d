package dev.plimsoll.cli;

import dev.plimsoll.compose.DotEnv;
import dev.plimsoll.render.Secrets;
import dev.plimsoll.render.Variable;
import dev.plimsoll.source.Located;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Draws the secrets that a `.env` does not hold yet.
final class EnvSecrets {
    /// 256 bits: nobody tries them all.
    private static final int BYTES = 32;

    private final Map<String, Located<String>> present;

    /// @param file its name for error messages
    /// @param text of the `.env` as it is
    EnvSecrets(String file, String text) {
        this.present = DotEnv.read(file, text, Map.of());
    }

    Map<String, Located<String>> present() {
        return present;
    }

    /// A value for every secret: the one that is there, or a new one in hexadecimal, which needs no quotes in any file
    /// and no escaping in a URL.
    Secrets secrets(List<Variable> variables) {
        var random = new SecureRandom();
        var values = new LinkedHashMap<String, String>();
        for (var variable : variables) {
            if (variable.secret()) {
                var known = present.get(variable.name());
                values.put(variable.name(), known != null && !known.value().isEmpty()
                        ? known.value()
                        : drawn(random));
            }
        }
        return new Secrets(values);
    }

    private static String drawn(SecureRandom random) {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
