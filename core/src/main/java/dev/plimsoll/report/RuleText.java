package dev.plimsoll.report;

import dev.plimsoll.audit.Rule;
import java.util.List;

/// Rules in words, for people at a terminal.
public final class RuleText {
    private RuleText() {}

    /// One line a rule: id, severity, name.
    public static String list(List<Rule.About> rules) {
        var text = new StringBuilder();
        rules.forEach(rule -> text.append("%-8s%-10s%s\n".formatted(rule.id(), rule.severity().word(), rule.name())));
        return text.toString();
    }

    public static String explain(Rule.About rule) {
        return "%s: %s\n\n%s\nfamily %s, severity %s, confidence %s\n\n".formatted(rule.id(), rule.name(),
                filled("", rule.what()), rule.family().word(), rule.severity().word(), rule.confidence().word())
                + filled("why: ", rule.why()) + filled("fix: ", rule.fix()) + filled("source: ", rule.source());
    }

    private static String filled(String label, String text) {
        return new Paragraph(label, " ".repeat(label.length())).add(text).toString();
    }
}
