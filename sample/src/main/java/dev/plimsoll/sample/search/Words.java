package dev.plimsoll.sample.search;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Words that carry meaning.
public final class Words {
    private static final Set<String> STOP = Set.of("a", "about", "an", "and", "are", "as", "at", "be", "by", "can",
            "did", "do", "does", "for", "from", "had", "has", "have", "how", "i", "in", "is", "it", "its", "me", "of",
            "on", "or", "our", "that", "the", "their", "there", "they", "this", "to", "was", "we", "were", "what",
            "when", "where", "which", "who", "why", "will", "with", "you", "your");

    private Words() {}

    /// In order, in lower case, without the commonest. A word is of letters and numerals of any script. Forty passages
    /// are
    /// taken apart for each question, which is why no regular expression does it.
    public static List<String> of(String text) {
        var lower = text.toLowerCase(Locale.ROOT);
        var words = new ArrayList<String>();
        for (int from = 0, to; from < lower.length(); from = to) {
            to = end(lower, from);
            if (to == from) {
                to += Character.charCount(lower.codePointAt(from));
            } else if (!STOP.contains(lower.substring(from, to))) {
                words.add(lower.substring(from, to));
            }
        }
        return words;
    }

    /// Where the word that begins at `from` ends; `from` where none does.
    private static int end(String text, int from) {
        var at = from;
        while (at < text.length() && isPart(text.codePointAt(at))) {
            at += Character.charCount(text.codePointAt(at));
        }
        return at;
    }

    private static boolean isPart(int sign) {
        return Character.isLetterOrDigit(sign) || switch (Character.getType(sign)) {
            case Character.LETTER_NUMBER, Character.OTHER_NUMBER -> true;
            default -> false;
        };
    }

    /// Likeness of two words by their trigrams, 0 to 1: above 0.5 for one slip of the pen in a word of five letters,
    /// 0 for words of quite other lengths and for those with another first and another last letter.
    public static double likeness(String left, String right) {
        // Most pairs of words end here, which spares them the sets below.
        if (Math.abs(left.length() - right.length()) > 2 || left.charAt(0) != right.charAt(0) && left.charAt(left
                .length() - 1) != right.charAt(right.length() - 1)) {
            return 0;
        }
        var ours = trigrams(left);
        var theirs = trigrams(right);
        var both = ours.stream().filter(theirs::contains).count();
        return 2.0 * both / (ours.size() + theirs.size());
    }

    private static Set<String> trigrams(String word) {
        var padded = "  " + word + " ";
        var trigrams = new HashSet<String>();
        for (var at = 0; at + 3 <= padded.length(); at++) {
            trigrams.add(padded.substring(at, at + 3));
        }
        return trigrams;
    }
}
