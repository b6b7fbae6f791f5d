package dev.plimsoll.load;

import dev.plimsoll.load.Cliff.Ending;
import dev.plimsoll.load.Cliff.Outcome;
import dev.plimsoll.load.Cliff.Purpose;
import dev.plimsoll.load.Cliff.Step;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How a cliff was found, for people.
final class CliffWords {
    private CliffWords() {}

    static String how(CliffSearch search, Ending ending, CliffSearch.Bracket bracket, List<Step> steps,
            Optional<String> stopped) {
        var text = new StringBuilder(String.format(Locale.ROOT, "%d levels from %s %s up by 1.6", steps.stream().filter(
                one -> one.purpose() == Purpose.RAMP).count(), number(search.from()), search.axis().unit()));
        var halved = steps.stream().filter(one -> one.purpose() == Purpose.BISECT).count();
        var confirmed = steps.stream().filter(one -> one.purpose() == Purpose.CONFIRM).count();
        text.append(halved > 0 ? ", " + halved + " between" : "");
        text.append(confirmed > 0
                ? ", " + confirmed + " of " + search.confirmation().toSeconds() + " s to confirm. "
                : ". ");
        text.append(end(search, ending, bracket, stopped));
        steps.stream().filter(one -> one.outcome() == Outcome.FAILS && bracket.fails().filter(level -> level == one
                .level()).isPresent()).findFirst().ifPresent(one -> text.append(" At ").append(number(one.level()))
                        .append(' ').append(search.axis().unit()).append(": ").append(one.why()).append('.'));
        return text.toString();
    }

    private static String end(CliffSearch search, Ending ending, CliffSearch.Bracket bracket,
            Optional<String> stopped) {
        var unit = " " + search.axis().unit();
        return switch (ending) {
            case FOUND -> "The bracket is narrow and its lower end was confirmed.";
            case NOT_REACHED -> "The highest level allowed, " + number(search.to()) + unit + ", held.";
            case FAILS_AT_ONCE -> "Even the lowest level did not hold.";
            case STOPPED -> "Stopped early: " + stopped.orElse("") + ".";
            case GENERATOR -> "The generator, not the server, was the limit above " + bracket.holds().map(
                    CliffWords::number).orElse("0") + unit + ".";
            case OUT_OF_TIME -> "The time was up before the result could be confirmed to 5 %.";
        };
    }

    static String number(double level) {
        return String.format(Locale.ROOT, level == Math.rint(level) ? "%.0f" : "%.1f", level);
    }
}
