package dev.plimsoll.runtime.semantic;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// A question taken apart: words in order, and what must not differ between two that mean the same.
final class Wording {
    private static final Pattern WITH_UNIT = Pattern.compile("([0-9]++(?:\\.[0-9]++)?)([a-z]{1,3})");
    private static final Pattern ISO_DATE = Pattern.compile("([0-9]{4})-([0-9]{2})-([0-9]{2})");
    private static final Pattern WORDS = Pattern.compile("\\p{L}++(?:[-/]\\p{L}++)*+");
    private static final Set<String> ORDINALS = Set.of("st", "nd", "rd", "th");

    private final List<String> words = new ArrayList<>();
    private final List<String> numbers = new ArrayList<>();
    private final List<String> marks = new ArrayList<>();
    private final List<String> times = new ArrayList<>();
    private final Set<String> names = new TreeSet<>();
    private int negations;

    Wording(String text) {
        var tokens = new Tokens(text);
        var isTitle = tokens.isTitle();
        for (var at = 0; at < tokens.size(); at++) {
            if (!isTitle && tokens.isName(at)) {
                names.add(tokens.plain(at));
            }
            marks.addAll(Figures.marks(tokens, at));
            add(tokens, at);
        }
        marks.addAll(Figures.marks(tokens, tokens.size()));
    }

    /// All words in order, lower case, numbers and dates left out.
    List<String> words() {
        return words;
    }

    List<String> numbers() {
        return numbers;
    }

    /// Operators, currencies and percent, in order.
    List<String> marks() {
        return marks;
    }

    /// Months, days, halves of a day and the like, sorted.
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

    private void add(Tokens tokens, int at) {
        var token = tokens.plain(at);
        var date = ISO_DATE.matcher(token);
        var withUnit = WITH_UNIT.matcher(token);
        if (date.matches()) {
            times.add("m" + Integer.parseInt(date.group(2)));
            numbers.add(String.valueOf(Integer.parseInt(date.group(3))));
            numbers.add(date.group(1));
        } else if (Figures.isNumber(token)) {
            numbers.add(Figures.number(tokens, at, token, tokens.plain(at + 1)));
        } else if (withUnit.matches()) {
            numbers.add(Figures.number(tokens, at, withUnit.group(1), withUnit.group(2)));
            addUnit(withUnit.group(2));
        } else if (!Figures.halfOfDay(token).isEmpty() && tokens.isNumber(at - 1)) {
            times.add(Figures.halfOfDay(token));
        } else if (!WORDS.matcher(token).matches()) {
            words.add(token);
            names.add(token);
        } else if (!Figures.mark(tokens, at).isEmpty()) {
            marks.add(Figures.mark(tokens, at));
        } else if (!Figures.isNegative(tokens, at)) {
            for (var word : token.split("[-/]")) {
                addWord(word, tokens, at);
            }
        }
    }

    private void addUnit(String unit) {
        if (!Figures.halfOfDay(unit).isEmpty()) {
            times.add(Figures.halfOfDay(unit));
        } else if (!Figures.mark(unit).isEmpty()) {
            marks.add(Figures.mark(unit));
        } else if (!ORDINALS.contains(unit)) {
            words.add(unit);
        }
    }

    private void addWord(String word, Tokens tokens, int at) {
        var time = Lexicon.time(word);
        if (Lexicon.NEGATIONS.contains(word)) {
            negations++;
        } else if (!time.isEmpty() && (!Lexicon.DOUBTFUL_MONTHS.contains(word) || tokens.isMonth(word, at))) {
            times.add(time);
        } else if (!Lexicon.number(word).isEmpty()) {
            numbers.add((Figures.isSaidNegative(tokens, at) ? "-" : "") + Lexicon.number(word));
        } else if (word.equals("one") && isCount(tokens, at)) {
            numbers.add("1");
        } else {
            words.add(word);
        }
    }

    /// `one month`, but not `which one`.
    private static boolean isCount(Tokens tokens, int at) {
        return at + 1 < tokens.size() && !Lexicon.FILLERS.contains(tokens.plain(at + 1))
                && (at == 0 || !Set.of("which", "this", "that", "the", "another").contains(tokens.plain(at - 1)));
    }
}
