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

    /// Likeness of two words by their trigrams, 0 to 1: above 0.5 for one slip of the pen in a word of five letters.
    public static double likeness(String left, String right) {
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
