package dev.plimsoll.run;

/// This machine lacks something a command needs. The message names it and what to do instead.
public final class EnvironmentException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String text;

    /// @param lack what is missing
    /// @param remedy what to do
    public EnvironmentException(String lack, String remedy) {
        this(sentence(lack) + " " + sentence(remedy));
    }

    /// @return the same, after what was found out before
    EnvironmentException after(String found) {
        return new EnvironmentException(sentence(found) + " " + text);
    }

    private EnvironmentException(String text) {
        super(text);
        this.text = text;
    }

    /// What other programs say may end as they like: "Is the docker daemon running?"
    private static String sentence(String text) {
        return text.matches("(?s).*[.?!]") ? text : text + ".";
    }

    public String text() {
        return text;
    }
}
