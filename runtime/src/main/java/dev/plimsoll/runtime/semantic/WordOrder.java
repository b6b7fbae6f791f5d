package dev.plimsoll.runtime.semantic;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Who does what to whom: whether two words that two questions share have changed places.
final class WordOrder {
    private static final Set<List<String>> OPPOSITE_ROLES = Set.of(List.of("from", "to"), List.of("to", "from"),
            List.of(
                    "from", "into"),
            List.of("into", "from"), List.of("before", "after"), List.of("after", "before"));

    private WordOrder() {}

    static boolean isReversed(Wording one, Wording other) {
        var first = new Sequence(one.words());
        var second = new Sequence(other.words());
        var shared = first.meanings.stream().filter(word -> first.isOnce(word) && second.isOnce(word)).toList();
        var names = one.names().stream().map(Lexicon::meaning).toList();
        if (shared.stream().filter(names::contains).anyMatch(name -> changesDirection(first, second,
                name) || changesSides(first, second, name))) {
            return true;
        }
        for (var from = 0; from < shared.size(); from++) {
            for (var to = from + 1; to < shared.size(); to++) {
                var left = shared.get(from);
                var right = shared.get(to);
                var areSwapped = areSwapped(one.words(), other.words(), left, right);
                var areNames = names.contains(left) && names.contains(right);
                if (areSwapped && areNames && !first.isList(left, right)
                        || (areSwapped || areNames) && isReversed(first, second, left, right, areNames)) {
                    return true;
                }
            }
        }
        return false;
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
        var areAlike = first.asksWho() && second.asksWho() && !first.isPassive() && !second.isPassive();
        var share = first.meanings.stream().anyMatch(word -> !word.isEmpty() && !word.equals(name) && second.meanings
                .contains(word));
        return areAlike && share && first.isAskedOf(name) != second.isAskedOf(name);
    }

    /// Whether nothing but these two changed places.
    private static boolean areSwapped(List<String> one, List<String> other, String left, String right) {
        var swapped = one.stream().map(Lexicon::meaning)
                .map(word -> word.equals(left) ? right : word.equals(right) ? left : word).toList();
        return swapped.equals(other.stream().map(Lexicon::meaning).toList());
    }

    private static boolean isReversed(Sequence first, Sequence second, String left, String right, boolean areNames) {
        if (first.isList(left, right) || second.isList(left, right)) {
            return false;
        }
        if (first.role(left).isPresent() && first.role(right).isPresent() && second.role(left).isPresent()
                && second.role(right).isPresent()) {
            return !first.role(left).equals(first.role(right)) && first.role(left).equals(second.role(right))
                    && first.role(right).equals(second.role(left));
        }
        var isInverted = second.at(left) > second.at(right);
        var isTurned = first.isPassive() != second.isPassive() != first.isConverseOf(second);
        var parts = first.pivots(left, right).stream().anyMatch(second.pivots(left, right)::contains)
                || areNames && (first.isConverseOf(second) || !first.isMutual() && !second.isMutual());
        return parts && isInverted != isTurned;
    }

    /// The words of one question.
    private static final class Sequence {
        /// Roles that come in pairs, so that two words can have swapped theirs.
        private static final Set<String> PAIRED = Set.of("from", "to", "into", "onto", "than", "before", "after",
                "over",
                "for", "with", "by", "on", "in");
        private final List<String> words;
        private final List<String> meanings = new ArrayList<>();

        Sequence(List<String> words) {
            this.words = words;
            for (var word : words) {
                meanings.add(Lexicon.FILLERS.contains(word) ? "" : Lexicon.meaning(word));
            }
        }

        boolean isOnce(String meaning) {
            return !meaning.isEmpty() && meanings.indexOf(meaning) >= 0
                    && meanings.indexOf(meaning) == meanings.lastIndexOf(meaning);
        }

        int at(String meaning) {
            return meanings.indexOf(meaning);
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

        boolean isMutual() {
            return words.stream().anyMatch(Lexicon.MUTUAL::contains);
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

        /// `is ... by`: the doer comes last.
        boolean isPassive() {
            return words.lastIndexOf("by") > 1 && words.stream().anyMatch(Lexicon.BE::contains);
        }

        private List<String> between(String left, String right) {
            var low = Math.min(at(left), at(right));
            var high = Math.max(at(left), at(right));
            return words.subList(low + 1, high);
        }
    }
}
