package dev.plimsoll.source;

import java.util.List;
import java.util.stream.Collectors;

/// The input cannot be used. Carries every problem found, in the order of the files.
public final class InputException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<Problem> problems;

    public InputException(List<Problem> problems) {
        super(text(problems));
        this.problems = List.copyOf(problems);
    }

    public InputException(Location where, String what, String remedy) {
        this(List.of(new Problem(where, what, remedy)));
    }

    /// One paragraph a problem.
    public String text() {
        return text(problems);
    }

    private static String text(List<Problem> problems) {
        return problems.stream().map(Problem::toString).distinct().collect(Collectors.joining("\n"));
    }

    public List<Problem> problems() {
        return problems;
    }
}
