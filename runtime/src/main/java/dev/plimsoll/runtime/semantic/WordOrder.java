package dev.plimsoll.runtime.semantic;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Who does what to whom: whether two words that two questions share have changed places.
final class WordOrder {
    private static final Set<List<String>> OPPOSITE_ROLES = Set.of(List.of("from", "to"), List.of("to", "from"),
            List.of(
                    "from", "into"),
            List.of("into", "from"), List.of("before", "after"), List.of("after", "before"));

    private WordOrder() {}

    /// Names are compared pair by pair. Of other words only the two that changed places, if nothing else differs.
    static boolean isReversed(Wording one, Wording other) {
        var first = new Sequence(one.words());
        var second = new Sequence(other.words());
        var shared = first.meanings.stream().filter(word -> first.isOnce(word) && second.isOnce(word)).toList();
        var named = one.names().stream().map(Lexicon::meaning).collect(Collectors.toSet());
        var names = shared.stream().filter(named::contains).toList();
        if (names.stream().anyMatch(name -> changesDirection(first, second, name)
                || changesSides(first, second, name))) {
            return true;
        }
        var swapped = swapped(one.words(), other.words());
        var areConverse = (names.size() > 1 || !swapped.isEmpty()) && first.isConverseOf(second);
        for (var from = 0; from < names.size(); from++) {
            for (var right : names.subList(from + 1, names.size())) {
                var left = names.get(from);
                if (swapped.equals(List.of(left, right)) && !first.isList(left, right)
                        || isReversed(first, second, left, right, true, areConverse)) {
                    return true;
                }
            }
        }
        return !swapped.isEmpty() && shared.containsAll(swapped) && !names.containsAll(swapped)
                && isReversed(first, second, swapped.getFirst(), swapped.getLast(), false, areConverse);
    }

    static boolean shareTwoNames(Wording one, Wording other) {
        return one.names().stream().filter(other.names()::contains).count() >= 2;
    }

    /// Whether a name says where from in one and where to in the other.
    private static boolean changesDirection(Sequence first, Sequence second, String name) {
        return OPPOSITE_ROLES.contains(List.of(first.role(name).orElse(""), second.role(name).orElse("")));
    }

    /// `who replaced NAME`, `whom did NAME replace`.
    private static boolean changesSides(Sequence first, Sequence second, String name) {
        var areAlike = first.asksWho() && second.asksWho() && !first.isPassive && !second.isPassive;
        var share = first.places.keySet().stream().anyMatch(word -> !word.isEmpty() && !word.equals(name)
                && second.places.containsKey(word));
        return areAlike && share && first.isAskedOf(name) != second.isAskedOf(name);
    }

    /// The meanings of two words, as they follow in the first question, when nothing but these two changed places.
    private static List<String> swapped(List<String> one, List<String> other) {
        var first = one.stream().map(Lexicon::meaning).toList();
        var second = other.stream().map(Lexicon::meaning).toList();
        if (first.size() != second.size() || first.equals(second)) {
            return List.of();
        }
        var at = 0;
        while (first.get(at).equals(second.get(at))) {
            at++;
        }
        var left = first.get(at);
        var right = second.get(at);
        var swapped = first.stream().map(word -> word.equals(left) ? right : word.equals(right) ? left : word).toList();
        return swapped.equals(second) ? List.of(left, right) : List.of();
    }

    private static boolean isReversed(Sequence first, Sequence second, String left, String right, boolean areNames,
            boolean areConverse) {
        if (first.isList(left, right) || second.isList(left, right)) {
            return false;
        }
        if (first.role(left).isPresent() && first.role(right).isPresent() && second.role(left).isPresent()
                && second.role(right).isPresent()) {
            return !first.role(left).equals(first.role(right)) && first.role(left).equals(second.role(right))
                    && first.role(right).equals(second.role(left));
        }
        var isInverted = second.at(left) > second.at(right);
        var isTurned = first.isPassive != second.isPassive != areConverse;
        return isInverted != isTurned && (areNames && (areConverse || !first.isMutual && !second.isMutual)
                || !Collections.disjoint(first.pivots(left, right), second.pivots(left, right)));
    }

    /// The words of one question.
    private static final class Sequence {
        /// Roles that come in pairs, so that two words can have swapped theirs.
        private static final Set<String> PAIRED = Set.of("from", "to", "into", "onto", "than", "before", "after",
                "over",
                "for", "with", "by", "on", "in");
        private final List<String> words;
        private final List<String> meanings = new ArrayList<>();
        private final Map<String, Integer> places = new HashMap<>();
        private final Set<String> repeated = new HashSet<>();
        /// Whether it takes both sides alike.
        private final boolean isMutual;
        /// `is ... by`: the doer comes last.
        private final boolean isPassive;

        Sequence(List<String> words) {
            this.words = words;
            for (var word : words) {
                var meaning = Lexicon.FILLERS.contains(word) ? "" : Lexicon.meaning(word);
                if (places.putIfAbsent(meaning, meanings.size()) != null) {
                    repeated.add(meaning);
                }
                meanings.add(meaning);
            }
            isMutual = words.stream().anyMatch(Lexicon.MUTUAL::contains);
            isPassive = words.lastIndexOf("by") > 1 && words.stream().anyMatch(Lexicon.BE::contains);
        }

        boolean isOnce(String meaning) {
            return !meaning.isEmpty() && places.containsKey(meaning) && !repeated.contains(meaning);
        }

        /// The first place of a meaning, -1 if there is none.
        int at(String meaning) {
            return places.getOrDefault(meaning, -1);
        }

        /// The preposition right before, articles passed over.
        Optional<String> role(String meaning) {
            var at = at(meaning) - 1;
            while (at >= 0 && Lexicon.DETERMINERS.contains(words.get(at))) {
                at--;
            }
            return at >= 0 && PAIRED.contains(words.get(at)) ? Optional.of(words.get(at)) : Optional.empty();
        }

        /// Whether the order of the two says nothing.
        boolean isList(String left, String right) {
            return between(left, right).stream().allMatch(word -> Set.of("and", "or", "in", "the").contains(word));
        }

        /// What stands between the two and gives them different parts: verbs, comparisons, prepositions.
        List<String> pivots(String left, String right) {
            return between(left, right).stream().filter(word -> Lexicon.ROLES.contains(word) && !word.equals("of")
                    || !Lexicon.FILLERS.contains(word)).map(Lexicon::meaning).toList();
        }

        boolean isConverseOf(Sequence other) {
            return words.stream()
                    .anyMatch(word -> other.words.stream().anyMatch(its -> Lexicon.areConverse(word, its)));
        }

        boolean asksWho() {
            return words.stream().limit(2).anyMatch(Set.of("who", "whom", "which", "what")::contains);
        }

        /// `whom did NAME ...`: what is asked for is what the named one does it to.
        boolean isAskedOf(String name) {
            var at = at(name) - 1;
            return at > 0 && Set.of("did", "does", "do", "has", "have", "had", "will").contains(words.get(at));
        }

        private List<String> between(String left, String right) {
            var low = Math.min(at(left), at(right));
            var high = Math.max(at(left), at(right));
            return words.subList(low + 1, high);
        }
    }
}
