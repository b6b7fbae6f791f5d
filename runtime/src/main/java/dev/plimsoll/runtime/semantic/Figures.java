package dev.plimsoll.runtime.semantic;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Numbers as they are to be compared, and the signs that decide what they mean.
final class Figures {
    private static final Pattern NUMBER = Pattern.compile("[0-9]++(?:,[0-9]{3})*+(?:\\.[0-9]++)?");
    /// Right before a number: a minus, also before its currency, or a dash after a space that is meant for one.
    private static final Pattern NEGATIVE = Pattern.compile("(?:[-\u2212]\\s*|\\s\u2013)\\p{Sc}?\\s*\\.?$");
    private static final Pattern FRACTION = Pattern.compile("(?<!\\.)\\.$");
    private static final Pattern AFTER_CURRENCY = Pattern.compile("\\p{Sc}\\s*\\.?$");
    private static final Pattern BEFORE_SIGN = Pattern.compile("^\\s*[%\\p{Sc}\u00b0]");
    /// Operators, currencies and percent. A single bar or a tilde is punctuation, and a minus belongs to its number.
    private static final Pattern MARK = Pattern
            .compile("[\\p{Sm}\\p{Sc}*/%^&&[^|~\u2212]]|\\|\\||&&|!(?==)|(?<=[\\s(])!$");
    /// A minus or the mark of an option, right before a word.
    private static final Pattern BEFORE_WORD = Pattern.compile("(?:^|[\\s(=])[-\u2212]{1,2}$");
    private static final Set<String> NEGATIVES = Set.of("minus", "negative");
    private static final Map<String, String> HALVES = Map.of("am", "am", "a.m", "am", "pm", "pm", "p.m", "pm");
    private static final Map<String, String> CURRENCIES = Lexicon.pairs("""
            dollar $ dollars $ usd $ euro \u20ac euros \u20ac eur \u20ac pound \u00a3 pounds \u00a3 gbp \u00a3
            yen \u00a5 jpy \u00a5 rupee \u20b9 rupees \u20b9 inr \u20b9""");
    private static final Set<String> UNITS = Lexicon
            .words("""
                    kg g mg gram grams kilo kilos kilogram kilograms lb lbs oz ounce ounces ton tons tonne tonnes km m cm mm meter
                    meters metre metres kilometer kilometers kilometre kilometres mile miles yard yards ft foot feet inch inches l
                    ml liter liters litre litres gallon gallons bit bits byte bytes kb mb gb tb kib mib gib tib kbps mbps gbps ms s
                    sec second seconds min minute minutes h hour hours day days week weeks month months year years degree degrees
                    kw kwh mw hz khz mhz ghz mph kmh times percent pct hundred thousand million billion""");

    private Figures() {}

    static boolean isNumber(String token) {
        return NUMBER.matcher(token).matches();
    }

    /// An amount has neither leading zeros nor zeros after its decimals, so that 1.50 kg are 1.5 kg. All else is
    /// compared digit by digit, since version 1.10 is not version 1.1 and user 007 not user 7.
    ///
    /// @param digits of the token at a place
    /// @param unit the word after them, empty if there is none
    static String number(Tokens tokens, int at, String digits, String unit) {
        var before = tokens.gap(at);
        var isFraction = !digits.contains(".") && FRACTION.matcher(before).find();
        var plain = (isFraction ? "0." : "") + digits.replace(",", "");
        var isAmount = UNITS.contains(unit) || CURRENCIES.containsKey(unit) || HALVES.containsKey(unit)
                || AFTER_CURRENCY.matcher(before).find() || CURRENCIES.containsKey(tokens.plain(at - 1))
                || BEFORE_SIGN.matcher(tokens.gap(at + 1)).find() || isDay(tokens, at, digits);
        var isNegative = NEGATIVE.matcher(before).find() || isSaidNegative(tokens, at);
        return (isNegative ? "-" : "") + (isAmount ? amount(plain) : plain);
    }

    /// `March 05`.
    private static boolean isDay(Tokens tokens, int at, String digits) {
        return digits.length() <= 2 && (tokens.isMonth(at - 1) || tokens.isMonth(at + 1));
    }

    private static String amount(String number) {
        return new BigDecimal(number).stripTrailingZeros().toPlainString();
    }

    /// `minus five`.
    static boolean isSaidNegative(Tokens tokens, int at) {
        return at > 0 && NEGATIVES.contains(tokens.plain(at - 1));
    }

    /// Whether the word at a place says that the number after it is negative.
    static boolean isNegative(Tokens tokens, int at) {
        return NEGATIVES.contains(tokens.plain(at)) && tokens.isNumber(at + 1);
    }

    /// `am` or `pm` of a word after a number, otherwise empty.
    static String halfOfDay(String unit) {
        return HALVES.getOrDefault(unit, "");
    }

    /// The sign that a word after a number stands for, otherwise empty.
    static String mark(String unit) {
        return unit.equals("percent") || unit.equals("pct") ? "%" : CURRENCIES.getOrDefault(unit, "");
    }

    /// The sign that the word at a place stands for beside a number, otherwise empty.
    static String mark(Tokens tokens, int at) {
        if (tokens.plain(at).equals("cent") && tokens.plain(at - 1).equals("per") && tokens.isNumber(at - 2)) {
            return "%";
        }
        var isBefore = tokens.isNumber(at + 1) && CURRENCIES.containsKey(tokens.plain(at));
        return isBefore || tokens.isNumber(at - 1) ? mark(tokens.plain(at)) : "";
    }

    /// Signs before the token at a place, in order.
    static List<String> marks(Tokens tokens, int at) {
        var marks = new ArrayList<String>();
        var gap = tokens.gap(at);
        if (gap.startsWith("!") && !gap.startsWith("!=") && tokens.plain(at - 1).matches(".*[0-9]")) {
            marks.add("factorial");
        }
        MARK.matcher(gap).results().forEach(found -> marks.add(found.group()));
        if (at < tokens.size() && !tokens.isNumber(at) && BEFORE_WORD.matcher(gap).find()) {
            marks.add("-");
        }
        return marks;
    }
}
