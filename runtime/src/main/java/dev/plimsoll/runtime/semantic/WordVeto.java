package dev.plimsoll.runtime.semantic;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Compares two English questions by what embeddings blur: numbers and their signs, dates, names, negation, what is
/// asked for, opposites, the word that was put in another's place, and who does what to whom. In other languages
/// numbers, signs, names and word order are compared.
public final class WordVeto implements Veto {
    /// Characters of a question that is compared, about 90 words. Longer ones are refused: one word more or less hardly
    /// moves their embedding, and comparing takes time that grows with the square of the words.
    private static final int LONGEST = 500;
    /// Questions taken apart that are kept, as one is compared with dozens of lookalikes, and the next one with the
    /// same: at most some 3 MB.
    private static final int KEPT = 500;

    private final Map<String, Wording> wordings = Collections.synchronizedMap(new LinkedHashMap<>(KEPT, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Wording> eldest) {
            return size() > KEPT;
        }
    });

    @Override
    public boolean refuses(String asked, String stored) {
        if (asked.length() > LONGEST || stored.length() > LONGEST) {
            return true;
        }
        var one = wordings.computeIfAbsent(asked, Wording::new);
        var other = wordings.computeIfAbsent(stored, Wording::new);
        return !one.numbers().equals(other.numbers()) || !one.marks().equals(other.marks())
                || !one.times().equals(other.times())
                || one.isNegated() != other.isNegated()
                || Asking.of(one.words()).differs(Asking.of(other.words()))
                || namesDiffer(one, other) || namesDiffer(other, one)
                || wordsDiffer(one, other)
                || WordOrder.isReversed(one, other);
    }

    private static boolean namesDiffer(Wording one, Wording other) {
        var said = new HashSet<String>();
        other.words().forEach(word -> said.add(Lexicon.meaning(word)));
        return one.names().stream().filter(name -> one.words().contains(name))
                .anyMatch(name -> !said.contains(Lexicon.meaning(name)));
    }

    /// Opposites, another noun, or another word in the very same place: there all else makes any two look near.
    private static boolean wordsDiffer(Wording one, Wording other) {
        var first = beyond(one, other);
        var second = beyond(other, one);
        var nouns = first.stream().anyMatch(one::isNoun) && second.stream().anyMatch(other::isNoun);
        return nouns
                || first.stream().anyMatch(at -> second.stream().anyMatch(place -> areOpposite(one, at, other, place)
                        || one.isSamePlace(at, other, place)));
    }

    /// With two names that both mention, converses are a matter of order.
    private static boolean areOpposite(Wording one, int at, Wording other, int place) {
        var word = one.words().get(at);
        var opposite = other.words().get(place);
        return Lexicon.areOpposite(word, opposite)
                && !(Lexicon.areConverse(word, opposite) && WordOrder.shareTwoNames(one,
                        other));
    }

    /// Places of the words of one question without a counterpart in the other.
    private static List<Integer> beyond(Wording one, Wording other) {
        var left = new ArrayList<String>();
        other.words().forEach(word -> left.add(Lexicon.meaning(word)));
        var beyond = new ArrayList<Integer>();
        for (var at = 0; at < one.words().size(); at++) {
            if (!left.remove(Lexicon.meaning(one.words().get(at)))) {
                beyond.add(at);
            }
        }
        beyond.removeIf(at -> other.words().stream().anyMatch(word -> Lexicon.areRelated(one.words().get(at), word)));
        return beyond;
    }
}
