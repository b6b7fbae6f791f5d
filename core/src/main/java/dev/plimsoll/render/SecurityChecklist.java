package dev.plimsoll.render;

import dev.plimsoll.audit.AuditResult;
import dev.plimsoll.audit.Family;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import java.util.List;
import java.util.stream.Collectors;

/// `SECURITY.md`: what the audit says before and after rendering, as a list to tick off.
final class SecurityChecklist {
    private static final String HEADER = """
            # Security checklist

            Filled from two audits: one of the stack as written, one with the rendered files laid over it. A ticked box was
            checked; an open one is yours to close.

            """;

    private SecurityChecklist() {}

    static RenderedFile file(AuditResult before, AuditResult after, List<String> notes) {
        var text = new StringBuilder(HEADER);
        var open = after.findings().stream().filter(SecurityChecklist::isSecurity).toList();
        section(text, "To do", open.stream().map(finding -> "- [ ] **" + finding.severity().word() + "** "
                + finding.message() + " (" + finding.where() + ", " + finding.rule() + "). " + finding.fix() + ".")
                .toList());
        section(text, "Changed or not applied by rendering", notes.stream().map(note -> "- [ ] " + note).toList());
        section(text, "Closed by the rendered files", before.findings().stream().filter(SecurityChecklist::isSecurity)
                .filter(finding -> open.stream().noneMatch(left -> isSame(left, finding)))
                .map(finding -> "- [x] " + finding.message() + " (" + finding.rule() + ")").toList());
        section(text, "Checked, nothing found", before.rules().stream().filter(rule -> rule.id().startsWith("SEC"))
                .filter(rule -> isClean(rule, before) && isClean(rule, after))
                .map(rule -> "- [x] " + rule.id() + " " + rule.name()).toList());
        return RenderedFile.of("SECURITY.md", text.toString().stripTrailing() + "\n");
    }

    private static void section(StringBuilder text, String title, List<String> items) {
        if (!items.isEmpty()) {
            text.append("## ").append(title).append("\n\n")
                    .append(items.stream().distinct().collect(Collectors.joining("\n"))).append("\n\n");
        }
    }

    private static boolean isSecurity(Finding finding) {
        return finding.family() == Family.SECURITY;
    }

    private static boolean isClean(Rule.About rule, AuditResult audit) {
        return audit.findings().stream().noneMatch(finding -> finding.rule().equals(rule.id()));
    }

    private static boolean isSame(Finding one, Finding other) {
        return one.rule().equals(other.rule()) && one.service().equals(other.service());
    }
}
