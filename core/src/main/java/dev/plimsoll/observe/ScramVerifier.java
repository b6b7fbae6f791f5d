package dev.plimsoll.observe;

import dev.plimsoll.kinds.WeakPasswords;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/// Holds a stored Postgres password against others. What is stored: RFC 5803 for SCRAM-SHA-256
/// (`SCRAM-SHA-256$iterations:salt$StoredKey:ServerKey`), `md5` and the hash of password and name for older servers.
final class ScramVerifier {
    private static final Pattern SCRAM = Pattern
            .compile("SCRAM-SHA-256\\$(\\d{1,6}):([A-Za-z0-9+/=]+)\\$([A-Za-z0-9+/=]+):([A-Za-z0-9+/=]+)");
    /// PostgreSQL's own default is 4096; a verifier with many more would cost seconds for each guess.
    private static final int MOST_ITERATIONS = 20_000;

    private ScramVerifier() {}

    /// Whether the verifier was made from a weak password or the role's own name; empty when that cannot be said.
    static Optional<Boolean> isWeak(String role, String verifier) {
        return isAnyOf(Stream.concat(Stream.of(role), WeakPasswords.ALL.stream()).filter(guess -> !guess.isEmpty())
                .distinct(), role, verifier);
    }

    /// Whether the verifier was made from this password; empty when that cannot be said.
    static Optional<Boolean> isOf(String password, String role, String verifier) {
        return isAnyOf(Stream.of(password), role, verifier);
    }

    private static Optional<Boolean> isAnyOf(Stream<String> guesses, String role, String verifier) {
        if (verifier.startsWith("md5")) {
            return Optional.of(guesses.anyMatch(guess -> md5(guess + role).equals(verifier.substring(3))));
        }
        var match = SCRAM.matcher(verifier);
        if (!match.matches()) {
            return Optional.empty();
        }
        var iterations = Integer.parseInt(match.group(1));
        if (iterations < 1 || iterations > MOST_ITERATIONS) {
            return Optional.empty();
        }
        try {
            var salt = Base64.getDecoder().decode(match.group(2));
            var stored = Base64.getDecoder().decode(match.group(3));
            return salt.length == 0
                    ? Optional.empty()
                    : Optional.of(guesses.anyMatch(guess -> MessageDigest.isEqual(stored, stored(guess, salt,
                            iterations))));
        } catch (IllegalArgumentException noBase64) {
            return Optional.empty();
        }
    }

    /// StoredKey = H(HMAC(PBKDF2(password, salt), "Client Key")).
    private static byte[] stored(String password, byte[] salt, int iterations) {
        try {
            var salted = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(new PBEKeySpec(password.toCharArray(), salt, iterations, 256)).getEncoded();
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(salted, "HmacSHA256"));
            return Digests.bytes(mac.doFinal("Client Key".getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has PBKDF2 and HMAC with SHA-256", impossible);
        }
    }

    /// Not a protection but what old servers stored.
    private static String md5(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5")
                    .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has MD5", impossible);
        }
    }
}
