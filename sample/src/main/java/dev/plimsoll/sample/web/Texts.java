package dev.plimsoll.sample.web;

import dev.plimsoll.sample.store.Sources;

/// Texts that clients send. Their lengths are counted in characters, as /openapi.yaml counts them: one that takes two
/// of
/// Java's is one.
final class Texts {
    private static final int LONGEST_SOURCE = 60;

    private Texts() {}

    static String source(String name) {
        if (isWrong(name, LONGEST_SOURCE) || name.equals(Sources.ALL)) {
            throw new Refusal(400, "a source has 1 to " + LONGEST_SOURCE + " characters and is not `" + Sources.ALL
                    + "`");
        }
        return name;
    }

    static String text(String text, int most) {
        if (isWrong(text, most)) {
            throw new Refusal(400, "a text has 1 to " + most + " characters, none of them NUL");
        }
        return text;
    }

    private static boolean isWrong(String text, int most) {
        return text.isBlank() || text.codePointCount(0, text.length()) > most || text.indexOf('\0') >= 0;
    }
}
