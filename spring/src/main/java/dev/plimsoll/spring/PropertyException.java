package dev.plimsoll.spring;

import java.util.function.BooleanSupplier;

/// A property with a value that cannot be meant.
public final class PropertyException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String remedy;

    public PropertyException(String property, Object value, String remedy) {
        this("`" + property + "` is `" + value + "`", remedy);
    }

    private PropertyException(String what, String remedy) {
        super(what);
        this.remedy = remedy;
    }

    /// One that no part has. Its value may hold a password, so it is not repeated.
    static PropertyException unknown(String property) {
        return new PropertyException("`" + property + "` does not exist",
                "write one of docs/spring-boot.md, or remove it");
    }

    /// What to write instead.
    public String remedy() {
        return remedy;
    }

    @Override
    public String getMessage() {
        return super.getMessage() + ": " + remedy;
    }

    /// @param remedy such as `write 1 to 100`
    static void require(boolean holds, String property, Object value, String remedy) {
        if (!holds) {
            throw new PropertyException(property, value, remedy);
        }
    }

    /// For checks that the library makes itself by throwing.
    static void requireAccepted(BooleanSupplier check, String property, Object value, String remedy) {
        boolean accepted;
        try {
            accepted = check.getAsBoolean();
        } catch (IllegalArgumentException refused) {
            accepted = false;
        }
        require(accepted, property, value, remedy);
    }
}
