package dev.plimsoll.sample.search;

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
}
