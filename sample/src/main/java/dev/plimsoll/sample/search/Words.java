package dev.plimsoll.sample.search;

import java.util.ArrayList;
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

    /// In order, in lower case, without the commonest. A word is of letters and numerals of any script. Forty
    /// passages are taken apart for each question, which is why no regular expression does it.
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
}
