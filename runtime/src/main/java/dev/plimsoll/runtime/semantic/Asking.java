package dev.plimsoll.runtime.semantic;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// What a question wants to know, as far as its words tell. Two that want to know different things have different
/// answers, however alike their words are.
///
/// @param wanted the sort of answer
/// @param modes what has to, may, did or will happen
record Asking(Wanted wanted, Set<Mode> modes) {
    /// The sort of answer.
    enum Wanted {
        PERSON, TIME, PLACE, REASON, QUANTITY, WAY,
        /// Whether something is so.
        FACT,
        /// Whether something can be done, which is often asked for the way to do it.
        CHANCE,
        /// A thing, or nothing that the words tell.
        OPEN
    }

    /// How what is asked about stands to what is.
    enum Mode {
        MUST, MAY, PAST, FUTURE, ALL, ANY, ONLY, MORE, AS_MUCH
    }

    /// Words that say that a question follows, or ask politely for it.
    private static final List<List<String>> OPENINGS = List.of(List.of("is", "it", "true", "that"),
            List.of("is", "it", "right", "that"), List.of("is", "it", "correct", "that"), List.of("tell", "me"),
            List.of("let", "me", "know"), List.of("do", "you", "know"), List.of("can", "you"), List.of("could", "you"),
            List.of("would", "you"), List.of("would", "like", "to", "know"), List.of("want", "to", "know"),
            List.of("like", "to", "know"), List.of("wonder"), List.of("wondering"));
    private static final Set<String> QUESTION_WORDS = Set.of("who", "whom", "whose", "when", "where", "why", "how",
            "what",
            "which", "whats");
    private static final Set<String> FACT_WORDS = Set.of("is", "are", "was", "were", "do", "does", "did", "has", "have",
            "had", "will", "must", "should", "shall", "would");
    private static final Set<String> CHANCE_WORDS = Set.of("can", "could", "may", "might");
    private static final Set<String> WAY_FOLLOWS = Set.of("do", "does", "did", "can", "could", "to", "should", "would",
            "is", "are", "was", "were", "has", "have", "might", "must", "exactly", "will", "may");
    /// How long and how soon are asked for with when, too.
    private static final Set<String> TIME_FOLLOWS = Set.of("long", "soon", "early", "late");
    private static final Set<String> TIMES = Set.of("time", "date", "day", "year", "month", "week", "hour", "moment");
    private static final Set<String> PLACES = Set.of("place", "city", "country", "town", "location", "street",
            "address");
    private static final Set<String> WAYS = Set.of("way", "ways", "steps", "step", "procedure", "method", "process",
            "instructions");
    private static final Set<String> REASONS = Set.of("reason", "reasons", "cause", "caused", "causes", "makes",
            "made");
    private static final Set<String> MUST = Set.of("must", "required", "mandatory", "compulsory", "obligatory",
            "necessary", "obliged", "need", "needs", "needed", "require", "requires");
    private static final Set<String> MAY = Set.of("can", "could", "may", "might", "allowed", "permitted", "possible",
            "able", "optional");
    private static final Set<String> PAST = Set.of("did", "was", "were", "had");
    private static final Set<String> FUTURE = Set.of("will", "shall");
    private static final Set<String> ALL = Set.of("all", "every", "each", "both", "entire", "whole");
    private static final Set<String> ANY = Set.of("any", "some");
    private static final Set<String> ONLY = Set.of("only", "solely", "exclusively");

    static Asking of(List<String> words) {
        var asked = withoutOpening(words);
        return new Asking(wanted(asked, asked.size() < words.size()), modes(asked));
    }

    /// Whether no answer to one is an answer to the other.
    boolean differs(Asking other) {
        return wanted != other.wanted && isApart(wanted, other.wanted) && isApart(other.wanted, wanted)
                || isBound() && other.isBound()
                        && (parts(Mode.MUST, Mode.MAY, other) || parts(Mode.MAY, Mode.MUST, other))
                || parts(Mode.PAST, Mode.FUTURE, other) || parts(Mode.FUTURE, Mode.PAST, other)
                || parts(Mode.ALL, Mode.ANY, other) || parts(Mode.ANY, Mode.ALL, other)
                || parts(Mode.MORE, Mode.AS_MUCH, other) || parts(Mode.AS_MUCH, Mode.MORE, other)
                || modes.contains(Mode.ONLY) != other.modes.contains(Mode.ONLY);
    }

    /// Whether one has the first mode alone and the other the second alone.
    private boolean parts(Mode mine, Mode its, Asking other) {
        return modes.contains(mine) && !modes.contains(its) && other.modes.contains(its) && !other.modes.contains(mine);
    }

    /// Asked for a way, `what must I do` and `how can I` are the same.
    private boolean isBound() {
        return wanted != Wanted.WAY && wanted != Wanted.PLACE;
    }

    private static boolean isApart(Wanted one, Wanted other) {
        return switch (one) {
            case OPEN -> false;
            case CHANCE -> other != Wanted.FACT && other != Wanted.WAY;
            case FACT -> other != Wanted.CHANCE;
            case WAY -> other != Wanted.PLACE && other != Wanted.CHANCE;
            case PLACE -> other != Wanted.WAY;
            case PERSON, TIME, REASON, QUANTITY -> true;
        };
    }

    private static List<String> withoutOpening(List<String> words) {
        for (var opening : OPENINGS) {
            for (var at = 0; at + opening.size() <= words.size() && at < 4; at++) {
                if (words.subList(at, at + opening.size()).equals(opening)) {
                    return words.subList(at + opening.size(), words.size());
                }
            }
        }
        return words;
    }

    private static Wanted wanted(List<String> words, boolean isOpened) {
        if (!words.isEmpty() && !isOpened && (isChance(words) || FACT_WORDS.contains(words.getFirst()))) {
            return words.contains("or") ? Wanted.OPEN : isChance(words) ? Wanted.CHANCE : Wanted.FACT;
        }
        for (var at = 0; at < words.size(); at++) {
            if (QUESTION_WORDS.contains(words.get(at))) {
                return wanted(words.get(at), words.subList(at + 1, words.size()));
            }
        }
        return Wanted.OPEN;
    }

    private static boolean isChance(List<String> words) {
        return CHANCE_WORDS.contains(words.getFirst()) || FACT_WORDS.contains(words.getFirst())
                && words.stream().anyMatch(Set.of("possible", "able", "ok", "okay", "fine")::contains);
    }

    private static Wanted wanted(String question, List<String> rest) {
        var next = rest.isEmpty() ? "" : rest.getFirst();
        return switch (question) {
            case "who", "whom", "whose" -> Wanted.PERSON;
            case "when" -> Wanted.TIME;
            case "where" -> Wanted.PLACE;
            case "why" -> Wanted.REASON;
            case "how" -> how(next);
            default -> thing(rest);
        };
    }

    private static Wanted how(String next) {
        return switch (next) {
            case "many", "much" -> Wanted.QUANTITY;
            case "come" -> Wanted.REASON;
            case "often", "frequently", "" -> Wanted.OPEN;
            default -> WAY_FOLLOWS.contains(next)
                    ? Wanted.WAY
                    : TIME_FOLLOWS.contains(next) || Lexicon.isPronoun(next) ? Wanted.OPEN : Wanted.QUANTITY;
        };
    }

    /// Of `what` and `which`, by the words that follow at once.
    private static Wanted thing(List<String> rest) {
        if (rest.size() > 2 && WAY_FOLLOWS.contains(rest.get(0)) && Lexicon.isPronoun(rest.get(1))
                && rest.get(2).equals(
                        "do")) {
            return Wanted.WAY;
        }
        for (var word : rest.subList(0, Math.min(3, rest.size()))) {
            if (TIMES.contains(word)) {
                return Wanted.TIME;
            } else if (PLACES.contains(word)) {
                return Wanted.PLACE;
            } else if (REASONS.contains(word)) {
                return Wanted.REASON;
            } else if (WAYS.contains(word)) {
                return Wanted.WAY;
            }
        }
        return Wanted.OPEN;
    }

    private static Set<Mode> modes(List<String> words) {
        var modes = EnumSet.noneOf(Mode.class);
        for (var at = 0; at < words.size(); at++) {
            var word = words.get(at);
            var next = at + 1 < words.size() ? words.get(at + 1) : "";
            if (MUST.contains(word) || Set.of("have", "has", "had").contains(word) && next.equals("to")) {
                modes.add(Mode.MUST);
            } else if (MAY.contains(word)) {
                modes.add(Mode.MAY);
            }
            addIf(modes, Mode.PAST, PAST.contains(word));
            addIf(modes, Mode.FUTURE, FUTURE.contains(word));
            addIf(modes, Mode.ALL, ALL.contains(word));
            addIf(modes, Mode.ANY, ANY.contains(word));
            addIf(modes, Mode.ONLY, ONLY.contains(word));
        }
        addIf(modes, Mode.MORE, words.contains("than"));
        addIf(modes, Mode.AS_MUCH, words.indexOf("as") != words.lastIndexOf("as"));
        return modes;
    }

    private static void addIf(Set<Mode> modes, Mode mode, boolean said) {
        if (said) {
            modes.add(mode);
        }
    }
}
