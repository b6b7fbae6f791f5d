package dev.plimsoll.sample;

/// The service was set up wrongly. Ends it with code 2 and without a stack trace.
public final class SettingException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public SettingException(String variable, String what, String remedy) {
        super(variable + ": " + what + "\nhelp: " + remedy);
    }
}
