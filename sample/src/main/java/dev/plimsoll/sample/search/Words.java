package dev.plimsoll.sample.search;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Words that carry meaning.
public final class Words {
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");
    private static final Set<String> STOP = Set.of("a", "about", "an", "and", "are", "as", "at", "be", "by", "can",
            "did", "do", "does", "for", "from", "had", "has", "have", "how", "i", "in", "is", "it", "its", "me", "of",
            "on", "or", "our", "that", "the", "their", "there", "they", "this", "to", "was", "we", "were", "what",
            "when", "where", "which", "who", "why", "will", "with", "you", "your");

    private Words() {}

    /// In order, in lower case, without the commonest.
    public static List<String> of(String text) {
        return WORD.matcher(text.toLowerCase(Locale.ROOT)).results().map(match -> match.group()).filter(word -> !STOP
                .contains(word)).toList();
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
