package dev.plimsoll.run;

/// This machine lacks something a command needs. The message names it and what to do instead.
public final class EnvironmentException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String text;

    /// @param lack what is missing
    /// @param remedy what to do
    public EnvironmentException(String lack, String remedy) {
        super(lack + ". " + remedy + ".");
        this.text = lack + ". " + remedy + ".";
    }

    public String text() {
        return text;
    }
}
