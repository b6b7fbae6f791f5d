package dev.plimsoll.kinds;

import dev.plimsoll.units.MemorySize;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A sum of terms.
public record Amount(List<Term> terms) {
    public Amount {
        terms = List.copyOf(terms);
    }

    public static Amount of(Term... terms) {
        return new Amount(List.of(terms));
    }

    Amount plus(Term more) {
        return new Amount(Stream.concat(terms.stream(), Stream.of(more)).toList());
    }

    public MemorySize total() {
        return terms.stream().map(Term::size).reduce(MemorySize.ZERO, MemorySize::plus);
    }

    /// `8 MB base + 1178 MB data during rewrite`.
    public String sum() {
        return terms.stream().map(term -> term.size() + " " + term.what()).collect(Collectors.joining(" + "));
    }
}
