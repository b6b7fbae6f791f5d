package dev.plimsoll.run.natively;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The statements of a script for PostgreSQL, cut where psql cuts it: at semicolons outside of quotes, comments,
/// parentheses and bodies of functions.
final class SqlStatements {
    private final String text;
    private final List<String> statements = new ArrayList<>();
    private int at;
    private int begin;
    private int parentheses;
    /// `BEGIN ATOMIC` and every `CASE` in it, each of which has an `END`.
    private int blocks;
    private boolean hasWords;
    private String word = "";

    private SqlStatements(String text) {
        this.text = text;
    }

    static List<String> of(String text) {
        var script = new SqlStatements(text);
        while (script.at < text.length()) {
            script.step();
        }
        script.cut();
        return script.statements;
    }

    private void step() {
        var c = text.charAt(at);
        if (text.startsWith("--", at)) {
            skipTo("\n", at + 2);
        } else if (text.startsWith("/*", at)) {
            comment();
        } else if (c == ';' && parentheses <= 0 && blocks == 0) {
            cut();
            at++;
            begin = at;
        } else if (Character.isWhitespace(c)) {
            at++;
        } else {
            hasWords = true;
            token(c);
        }
    }

    private void token(char c) {
        if (c == '\'' || c == '"') {
            quoted(c, c == '\'' && word.equalsIgnoreCase("e") && text.charAt(at - 1) != ' ');
        } else if (c == '$' && dollar() > 0) {
            var tag = text.substring(at, dollar());
            skipTo(tag, at + tag.length());
        } else if (isOfWord(c)) {
            word();
        } else {
            parentheses += c == '(' ? 1 : c == ')' ? -1 : 0;
            at++;
        }
    }

    private void cut() {
        if (hasWords) {
            statements.add(text.substring(begin, Math.min(at, text.length())).strip());
        }
        hasWords = false;
        parentheses = 0;
        blocks = 0;
    }

    private void skipTo(String end, int from) {
        var found = text.indexOf(end, from);
        at = found < 0 ? text.length() : found + end.length();
    }

    /// Comments of this form hold others.
    private void comment() {
        var depth = 0;
        do {
            depth += text.startsWith("/*", at) ? 1 : text.startsWith("*/", at) ? -1 : 0;
            at += text.startsWith("/*", at) || text.startsWith("*/", at) ? 2 : 1;
        } while (depth > 0 && at < text.length());
    }

    /// A doubled quote is an end and a begin.
    private void quoted(char quote, boolean escapes) {
        at++;
        while (at < text.length() && text.charAt(at) != quote) {
            at += escapes && text.charAt(at) == '\\' ? 2 : 1;
        }
        at++;
        if (!escapes || at >= text.length() || text.charAt(at) != quote) {
            word = "";
        }
    }

    /// The end of the tag that begins here, such as `$$` or `$body$`; 0 when none does.
    private int dollar() {
        var end = at + 1;
        while (end < text.length() && isOfWord(text.charAt(end)) && text.charAt(end) != '$') {
            end++;
        }
        var isTag = end < text.length() && text.charAt(end) == '$'
                && (end == at + 1 || !Character.isDigit(text.charAt(at
                        + 1)));
        return isTag ? end + 1 : 0;
    }

    private void word() {
        var start = at;
        while (at < text.length() && isOfWord(text.charAt(at))) {
            at++;
        }
        var before = word;
        word = text.substring(start, at).toUpperCase(Locale.ROOT);
        if (word.equals("ATOMIC") && before.equals("BEGIN") || word.equals("CASE") && blocks > 0) {
            blocks++;
        } else if (word.equals("END") && blocks > 0) {
            blocks--;
        }
    }

    private static boolean isOfWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$';
    }
}
