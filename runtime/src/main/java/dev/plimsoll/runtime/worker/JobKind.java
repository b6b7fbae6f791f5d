package dev.plimsoll.runtime.worker;

import java.util.function.Function;

/// A sort of work, and how its payload is written as JSON.
///
/// @param name 1 to 200 printable ASCII characters without spaces
public record JobKind<T>(String name, Function<? super T, String> json) {
    public JobKind {
        checkName(name);
    }

    /// A kind whose payload is JSON already.
    public static JobKind<String> ofJson(String name) {
        return new JobKind<>(name, payload -> payload);
    }

    static void checkName(String name) {
        if (!name.matches("[!-~]{1,200}")) {
            throw new IllegalArgumentException(
                    "a kind's name has 1 to 200 printable ASCII characters without spaces, not `" + name + "`");
        }
    }
}
