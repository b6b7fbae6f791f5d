package dev.plimsoll.audit.rules;

/// Texts of the loader as parts of findings.
final class Sentences {
    private Sentences() {}

    static String capitalised(String text) {
        return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
