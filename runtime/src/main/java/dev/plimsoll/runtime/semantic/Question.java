package dev.plimsoll.runtime.semantic;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/// A question and its embedding.
public final class Question {
    /// Those of wide scripts too.
    private static final String MARKS = " ?!.\u2026\uff1f\uff01\uff0e";
    private static final Pattern SPACES = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);
    /// More accents on one letter than any language has (UAX 15, Stream-Safe Text Format). To sort them takes time that
    /// grows with the square of their number: minutes for a megabyte.
    private static final Pattern ACCENTS = Pattern.compile("\\p{M}{31}");

    private final String text;
    private final float[] vector;
    private final String normalised;
    private final long id;

    private Question(String text, float[] vector, String normalised) {
        this.text = text;
        this.vector = vector;
        this.normalised = normalised;
        id = id(normalised);
    }

    /// @param text not blank: it decides what the same question is, and embeddings alone do not show what differs
    /// @param embedding of any length but zero; it is scaled to length one
    public static Question of(String text, float[] embedding) {
        var normalised = normalised(text);
        if (normalised.isEmpty()) {
            throw new IllegalArgumentException("a question has a text");
        }
        return new Question(text, unit(embedding), normalised);
    }

    public String text() {
        return text;
    }

    /// A vector of length one. It is not copied: do not change it.
    float[] vector() {
        return vector;
    }

    /// The same for texts that differ in spaces, a capital at the beginning or marks at the end.
    String normalised() {
        return normalised;
    }

    /// Canonically composed only: what is merely compatible may mean something else, as 10² and 102.
    static String normalised(String text) {
        var composed = ACCENTS.matcher(text).find() ? text : Normalizer.normalize(text, Normalizer.Form.NFC);
        var spaced = SPACES.matcher(composed).replaceAll(" ").strip();
        var end = spaced.length();
        while (end > 0 && MARKS.indexOf(spaced.charAt(end - 1)) >= 0 && !isFactorial(spaced, end - 1)) {
            end--;
        }
        var plain = spaced.substring(0, end);
        return plain.isEmpty() ? plain : plain.substring(0, 1).toLowerCase(Locale.ROOT) + plain.substring(1);
    }

    private static boolean isFactorial(String text, int at) {
        return text.charAt(at) == '!' && at > 0 && Character.isDigit(text.charAt(at - 1));
    }

    /// The first 64 bits of the normalised text's SHA-256: what shares them is compared by text.
    long id() {
        return id;
    }

    private static long id(String normalised) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(normalised.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /// A copy of length one.
    static float[] unit(float[] embedding) {
        var length = Math.sqrt(dot(embedding, embedding));
        if (!(length > 0) || Double.isInfinite(length)) {
            throw new IllegalArgumentException("an embedding has finite numbers that are not all zero");
        }
        var unit = new float[embedding.length];
        for (var at = 0; at < unit.length; at++) {
            unit[at] = (float) (embedding[at] / length);
        }
        return unit;
    }

    /// The cosine of two vectors of length one. Four sums, because one alone waits for each addition.
    static double dot(float[] one, float[] other) {
        double first = 0;
        double second = 0;
        double third = 0;
        double fourth = 0;
        var at = 0;
        for (; at + 3 < one.length; at += 4) {
            first += (double) one[at] * other[at];
            second += (double) one[at + 1] * other[at + 1];
            third += (double) one[at + 2] * other[at + 2];
            fourth += (double) one[at + 3] * other[at + 3];
        }
        for (; at < one.length; at++) {
            first += (double) one[at] * other[at];
        }
        return first + second + third + fourth;
    }
}
