package dev.plimsoll.report;

import dev.plimsoll.audit.Finding;

/// Findings as a table for a comment on a pull request.
public final class MarkdownReport {
    /// GitHub takes comments of 65,536 characters; the rest is for what surrounds the table.
    private static final int MOST_CHARACTERS = 60_000;

    private MarkdownReport() {}

    public static String of(Audited audited) {
        var text = new StringBuilder("### Plimsoll audit of ").append(Marked.markdown(audited.stack().name()))
                .append("\n\n");
        var findings = audited.result().findings();
        if (!findings.isEmpty()) {
            text.append("| severity | where | what is wrong | fix | rule |\n|---|---|---|---|---|\n");
        }
        var left = findings.size();
        for (var finding : findings) {
            var row = row(audited, finding);
            if (text.length() + row.length() > MOST_CHARACTERS) {
                break;
            }
            text.append(row);
            left--;
        }
        text.append(findings.isEmpty() ? "" : "\n");
        if (left > 0) {
            text.append("And ").append(left).append(" more, for which there is no room here.\n\n");
        }
        return text.append(Marked.markdown(audited.summary())).append('\n').toString();
    }

    private static String row(Audited audited, Finding finding) {
        return "| %s | %s | %s | %s | %s %s |\n".formatted(finding.severity().word(),
                code(TextReport.place(finding.where())), Marked.markdown(finding.message()),
                Marked.markdown(finding.fix()),
                finding.rule(), audited.result().nameOf(finding));
    }

    private static String code(String text) {
        return text.contains("`") || text.contains("|") ? Marked.markdown(text) : "`" + text + "`";
    }
}
