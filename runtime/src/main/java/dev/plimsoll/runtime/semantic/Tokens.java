package dev.plimsoll.runtime.semantic;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// A text cut into words and numbers, with what stands between them.
final class Tokens {
    /// Possessive, as what repeats a group otherwise takes a stack as deep as the text is long.
    private static final Pattern TOKEN = Pattern
            .compile("[\\p{L}\\p{N}]++(?:[._/@:'\u2019,\\-][\\p{L}\\p{N}]++)*+(?:\\+\\+|#)?");
    private static final Set<String> BEFORE_MONTHS = Set.of("in", "of", "since", "until", "by", "last", "next", "this",
            "before", "after", "during", "for", "from", "to", "between");

    private final List<String> texts = new ArrayList<>();
    private final List<String> gaps = new ArrayList<>();

    Tokens(String text) {
        var matcher = TOKEN.matcher(text);
        var end = 0;
        while (matcher.find()) {
            gaps.add(text.substring(end, matcher.start()));
            texts.add(matcher.group());
            end = matcher.end();
        }
        gaps.add(text.substring(end));
    }

    int size() {
        return texts.size();
    }

    /// As [Lexicon] has it: lower case, without the ending of a possessive; `n't` becomes the word `not`. Empty before
    /// the first and after the last token.
    String plain(int at) {
        return at < 0 || at >= texts.size() ? "" : plain(texts.get(at));
    }

    /// What stands before a token, and after the last one.
    String gap(int at) {
        return gaps.get(at);
    }

    /// Whether a token is a number in digits or letters, or begins with a digit, as times do.
    boolean isNumber(int at) {
        return beginsWithDigit(at) || !Lexicon.number(plain(at)).isEmpty();
    }

    boolean isMonth(int at) {
        return isMonth(plain(at), at);
    }

    /// Of a word in the token at a place: `May` only beside a number or after a preposition.
    boolean isMonth(String word, int at) {
        return Lexicon.isMonth(word) && (!Lexicon.DOUBTFUL_MONTHS.contains(word)
                || Character.isUpperCase(texts.get(at).charAt(0)) && (BEFORE_MONTHS.contains(plain(at - 1))
                        || beginsWithDigit(at + 1) || beginsWithDigit(at - 1)));
    }

    private boolean beginsWithDigit(int at) {
        return plain(at).matches("[0-9].*");
    }

    /// Where even small words have capitals, capitals show no names.
    boolean isTitle() {
        return IntStream.range(0, texts.size()).anyMatch(at -> !begins(at) && !texts.get(at).startsWith("I")
                && hasCapital(texts.get(at)) && Lexicon.FILLERS.contains(plain(at))
                && !Lexicon.DOUBTFUL_MONTHS.contains(plain(at)));
    }

    /// An abbreviation, or with a capital that no sentence begins with.
    boolean isName(int at) {
        var token = texts.get(at);
        var isAbbreviation = token.length() > 1 && token.chars().filter(Character::isLetter).count() > 1
                && token.equals(token.toUpperCase(Locale.ROOT));
        return isAbbreviation || hasCapital(token) && !begins(at) && !token.equals("I") && !token.startsWith("I'")
                && !token.startsWith("I\u2019") || token.length() > 1 && hasCapital(token.substring(1));
    }

    private boolean begins(int at) {
        return at == 0 || gaps.get(at).chars().anyMatch(sign -> ".!?:\"".indexOf(sign) >= 0);
    }

    private static boolean hasCapital(String token) {
        return token.chars().anyMatch(Character::isUpperCase);
    }

    private static String plain(String token) {
        var lower = token.toLowerCase(Locale.ROOT).replace('\u2019', '\'');
        if (lower.endsWith("n't")) {
            return "not";
        }
        var apostrophe = lower.indexOf('\'');
        return apostrophe > 0 ? lower.substring(0, apostrophe) : lower;
    }
}
