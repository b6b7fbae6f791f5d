package dev.plimsoll.sample.web;

import dev.plimsoll.sample.store.Sources;

/// Texts that clients send. Their lengths are in characters, as /openapi.yaml counts them, also where one takes two of
/// Java's.
final class Texts {
    private static final int LONGEST_SOURCE = 60;

    private Texts() {}

    static String source(String name) {
        // A slash could not be part of /api/sync/SOURCE.
        if (isWrong(name, LONGEST_SOURCE) || name.equals(Sources.ALL) || name.indexOf('/') >= 0) {
            throw new Refusal(400,
                    "a source has 1 to " + LONGEST_SOURCE + " characters, none of them a slash, and is not `"
                            + Sources.ALL + "`");
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
