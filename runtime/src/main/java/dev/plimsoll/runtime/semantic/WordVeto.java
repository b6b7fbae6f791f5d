package dev.plimsoll.runtime.semantic;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// Compares two English questions by what embeddings blur: numbers, dates, names, negation, opposites, the word that
/// was
/// put in another's place, and who does what to whom. In other languages numbers, names and word order are compared.
public final class WordVeto implements Veto {
    @Override
    public boolean refuses(String asked, String stored) {
        var one = new Wording(asked);
        var other = new Wording(stored);
        return !one.numbers().equals(other.numbers()) || !one.times().equals(other.times())
                || one.isNegated() != other.isNegated() || asksOtherwise(one, other) || namesDiffer(one, other)
                || namesDiffer(other, one) || wordsDiffer(one, other) || WordOrder.isReversed(one, other);
    }

    private static boolean asksOtherwise(Wording one, Wording other) {
        var first = asked(one);
        var second = asked(other);
        return first.isPresent() && second.isPresent() && !first.equals(second);
    }

    private static Optional<String> asked(Wording wording) {
        return wording.words().stream().map(Lexicon::asking).filter(asking -> !asking.isEmpty()).findFirst();
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
        return first.stream().anyMatch(at -> second.stream().anyMatch(opposite -> Lexicon.areOpposite(one.words().get(
                at), other.words().get(opposite)))) || first.stream().anyMatch(one::isNoun) && second.stream()
                        .anyMatch(other::isNoun)
                || first.stream().anyMatch(at -> second.stream().anyMatch(place -> one.isSamePlace(at, other, place)));
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
        return beyond;
    }
}
