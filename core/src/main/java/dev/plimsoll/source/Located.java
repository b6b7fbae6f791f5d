package dev.plimsoll.source;

import java.util.function.Function;

/// A value and the place it was read from.
public record Located<T>(T value, Location where) {
    public <R> Located<R> map(Function<? super T, ? extends R> change) {
        return new Located<>(change.apply(value), where);
    }

    @Override
    public String toString() {
        return value + " at " + where;
    }
}
