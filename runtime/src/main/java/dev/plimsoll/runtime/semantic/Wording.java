package dev.plimsoll.runtime.semantic;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// A question taken apart: words in order, and what must not differ between two that mean the same.
final class Wording {
    private static final Pattern TOKEN = Pattern
            .compile("[\\p{L}\\p{N}]+(?:[._/@:'\u2019,\\-][\\p{L}\\p{N}]+)*(?:%|\\+\\+|#)?");
    private static final Pattern NUMBER = Pattern.compile("[0-9]+(?:,[0-9]{3})*(?:\\.[0-9]+)?%?");
    private static final Pattern WITH_UNIT = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)([a-z]{1,3})");
    private static final Pattern ISO_DATE = Pattern.compile("([0-9]{4})-([0-9]{2})-([0-9]{2})");
    private static final Pattern WORDS = Pattern.compile("\\p{L}+(?:[-/]\\p{L}+)*");
    private static final Set<String> ORDINALS = Set.of("st", "nd", "rd", "th");

    private final List<String> words = new ArrayList<>();
    private final List<String> numbers = new ArrayList<>();
    private final List<String> times = new ArrayList<>();
    private final Set<String> names = new TreeSet<>();
    private int negations;

    Wording(String text) {
        var matcher = TOKEN.matcher(text);
        var tokens = new ArrayList<String>();
        var begins = new ArrayList<Boolean>();
        var end = 0;
        while (matcher.find()) {
            begins.add(tokens.isEmpty() || text.substring(end, matcher.start()).matches("(?s).*[.!?:\"].*"));
            tokens.add(matcher.group());
            end = matcher.end();
        }
        var isTitle = isTitle(tokens, begins);
        for (var at = 0; at < tokens.size(); at++) {
            if (!isTitle && isName(tokens.get(at), begins.get(at))) {
                names.add(plain(tokens.get(at)));
            }
            add(tokens, at);
        }
    }

    /// All words in order, lower case, numbers and dates left out.
    List<String> words() {
        return words;
    }

    List<String> numbers() {
        return numbers;
    }

    /// Months, days and the like, sorted.
    List<String> times() {
        return times.stream().sorted().toList();
    }

    /// Capitalised words within a sentence, abbreviations and identifiers, lower case.
    Set<String> names() {
        return names;
    }

    boolean isNegated() {
        return negations % 2 == 1;
    }

    /// Whether the word at a place belongs to what an article, a possessive or a word of quantity begins.
    boolean isNoun(int at) {
        if (Lexicon.FILLERS.contains(words.get(at))) {
            return false;
        }
        var before = at - 1;
        while (before >= 0
                && (!Lexicon.FILLERS.contains(words.get(before)) || Lexicon.PALE_ADJECTIVES.contains(words.get(
                        before)))) {
            before--;
        }
        return before >= 0 && (Lexicon.DETERMINERS.contains(words.get(before)) || before == at - 1
                && Lexicon.QUANTIFIERS.contains(words.get(before)));
    }

    /// Whether two different words that mean something stand between the same neighbours, or before the same noun.
    boolean isSamePlace(int at, Wording other, int place) {
        if (Lexicon.FILLERS.contains(words.get(at)) || Lexicon.FILLERS.contains(other.words.get(place))
                || !neighbour(at + 1).equals(other.neighbour(place + 1))) {
            return false;
        }
        var isBeforeNoun = at + 1 < words.size() && !Lexicon.FILLERS.contains(words.get(at + 1));
        return isBeforeNoun || neighbour(at - 1).equals(other.neighbour(place - 1));
    }

    private String neighbour(int at) {
        return at < 0 || at >= words.size() ? "" : Lexicon.meaning(words.get(at));
    }

    private void add(List<String> tokens, int at) {
        var token = plain(tokens.get(at));
        var date = ISO_DATE.matcher(token);
        var withUnit = WITH_UNIT.matcher(token);
        if (date.matches()) {
            times.add("m" + Integer.parseInt(date.group(2)));
            numbers.add(number(date.group(3)));
            numbers.add(date.group(1));
        } else if (NUMBER.matcher(token).matches()) {
            numbers.add(number(token));
        } else if (withUnit.matches()) {
            numbers.add(number(withUnit.group(1)));
            if (!ORDINALS.contains(withUnit.group(2))) {
                words.add(withUnit.group(2));
            }
        } else if (!WORDS.matcher(token).matches()) {
            words.add(token);
            names.add(token);
        } else {
            for (var word : token.split("[-/]")) {
                addWord(word, tokens, at);
            }
        }
    }

    private void addWord(String word, List<String> tokens, int at) {
        var time = Lexicon.time(word);
        if (Lexicon.NEGATIONS.contains(word)) {
            negations++;
        } else if (!time.isEmpty() && (!Lexicon.DOUBTFUL_MONTHS.contains(word) || isMonth(tokens, at))) {
            times.add(time);
        } else if (!Lexicon.number(word).isEmpty()) {
            numbers.add(Lexicon.number(word));
        } else if (word.equals("one") && isCount(tokens, at)) {
            numbers.add("1");
        } else {
            words.add(word);
        }
    }

    /// Where even small words have capitals, capitals show no names.
    private static boolean isTitle(List<String> tokens, List<Boolean> begins) {
        return IntStream.range(0, tokens.size()).anyMatch(at -> !begins.get(at) && !tokens.get(at).startsWith("I")
                && hasCapital(tokens.get(at)) && Lexicon.FILLERS.contains(plain(tokens.get(at)))
                && !Lexicon.DOUBTFUL_MONTHS
                        .contains(plain(tokens.get(at))));
    }

    /// `May` beside a number or after a preposition.
    private static boolean isMonth(List<String> tokens, int at) {
        var before = at > 0 ? plain(tokens.get(at - 1)) : "";
        var after = at + 1 < tokens.size() ? plain(tokens.get(at + 1)) : "";
        return Character.isUpperCase(tokens.get(at).charAt(0)) && (Set.of("in", "of", "since", "until", "by", "last",
                "next", "this", "before", "after", "during", "for", "from", "to", "between").contains(before)
                || after.matches("[0-9].*")
                || before.matches("[0-9].*"));
    }

    /// `one month`, but not `which one`.
    private static boolean isCount(List<String> tokens, int at) {
        return at + 1 < tokens.size() && !Lexicon.FILLERS.contains(plain(tokens.get(at + 1)))
                && (at == 0 || !Set.of("which", "this", "that", "the", "another").contains(plain(tokens.get(at - 1))));
    }

    private static boolean isName(String token, boolean begins) {
        var isAbbreviation = token.length() > 1 && token.chars().filter(Character::isLetter).count() > 1
                && token.equals(token.toUpperCase(Locale.ROOT));
        return isAbbreviation || hasCapital(token) && !begins && !token.equals("I") && !token.startsWith("I'")
                && !token.startsWith("I\u2019") || token.length() > 1 && hasCapital(token.substring(1));
    }

    private static boolean hasCapital(String token) {
        return token.chars().anyMatch(Character::isUpperCase);
    }

    /// Lower case, without the ending of a possessive; `n't` becomes the word `not`.
    private static String plain(String token) {
        var lower = token.toLowerCase(Locale.ROOT).replace('\u2019', '\'');
        if (lower.endsWith("n't")) {
            return "not";
        }
        var apostrophe = lower.indexOf('\'');
        return apostrophe > 0 ? lower.substring(0, apostrophe) : lower;
    }

    private static String number(String digits) {
        var isShare = digits.endsWith("%");
        var plain = new BigDecimal(digits.replace(",", "").replace("%", "")).stripTrailingZeros().toPlainString();
        return isShare ? plain + "%" : plain;
    }
}
