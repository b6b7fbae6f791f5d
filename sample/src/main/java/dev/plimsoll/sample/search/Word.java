package dev.plimsoll.sample.search;

import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A word that is compared with many others.
final class Word {
    private final String text;
    private long @Nullable [] trigrams;

    Word(String text) {
        this.text = text;
    }

    /// Likeness of two words by their trigrams, 0 to 1: above 0.5 for one slip of the pen in a word of five letters,
    /// 0 for words of quite other lengths and for those with another first and another last letter.
    double likeness(Word other) {
        // Most pairs of words end here, which spares them the trigrams.
        if (Math.abs(text.length() - other.text.length()) > 2 || text.charAt(0) != other.text.charAt(0) && text.charAt(
                text.length() - 1) != other.text.charAt(other.text.length() - 1)) {
            return 0;
        }
        var ours = trigrams();
        var theirs = other.trigrams();
        var both = 0;
        for (int our = 0, their = 0; our < ours.length && their < theirs.length;) {
            var order = Long.compare(ours[our], theirs[their]);
            both += order == 0 ? 1 : 0;
            our += order <= 0 ? 1 : 0;
            their += order >= 0 ? 1 : 0;
        }
        return 2.0 * both / (ours.length + theirs.length);
    }

    /// Each once, as numbers in order.
    private long[] trigrams() {
        var known = trigrams;
        if (known == null) {
            var padded = "  " + text + " ";
            known = IntStream.range(0, padded.length() - 2).mapToLong(at -> (long) padded.charAt(at) << 32
                    | (long) padded.charAt(at + 1) << 16 | padded.charAt(at + 2)).sorted().distinct().toArray();
            trigrams = known;
        }
        return known;
    }

    /// The word without what its forms differ in, roughly.
    String stem() {
        return text.length() > 5
                ? text.substring(0, text.length() - 2)
                : text.length() > 3 && text.endsWith("s")
                        ? text.substring(0, text.length() - 1)
                        : text;
    }
}
