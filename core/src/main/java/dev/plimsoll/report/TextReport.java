package dev.plimsoll.report;

import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.source.Location;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Findings for people: worst first, 80 columns wide.
public final class TextReport {
    /// Lines like these may hold a password, and reports end up in logs.
    private static final Pattern SECRET = Pattern
            .compile("(?i)pass|pwd|secret|token|credential|private|api.?key|://[^/\\s]*:[^/\\s]*@");
    private static final String INDENT = "    ";

    private final Audited audited;
    private final Style style;
    private final Map<String, List<String>> sources = new HashMap<>();

    private TextReport(Audited audited, Style style) {
        this.audited = audited;
        this.style = style;
    }

    public static String of(Audited audited, Style style) {
        return new TextReport(audited, style).text();
    }

    /// The reports of several projects, each below its main file.
    public static String ofEach(List<Audited> projects, Style style) {
        return projects.stream().map(audited -> heading(audited, style) + of(audited, style))
                .collect(Collectors.joining("\n"));
    }

    private static String heading(Audited audited, Style style) {
        var file = Paragraph.printable(audited.files().getFirst());
        return style.bold(file) + "\n" + "=".repeat(Math.min(file.length(), Paragraph.WIDTH)) + "\n\n";
    }

    private String text() {
        var text = new StringBuilder();
        for (var severity : Severity.values()) {
            var findings = audited.result().findings().stream().filter(finding -> finding.severity() == severity)
                    .toList();
            if (!findings.isEmpty()) {
                text.append(style.severity(severity, title(severity) + " (" + findings.size() + ")")).append("\n\n");
                findings.forEach(finding -> text.append(finding(finding)).append('\n'));
            }
        }
        return text.append(new Paragraph("", "").add(audited.counts(), style::bold)
                .add(audited.summary().substring(audited.counts().length()))).toString();
    }

    private static String title(Severity severity) {
        return severity.word().substring(0, 1).toUpperCase(java.util.Locale.ROOT) + severity.word().substring(1);
    }

    private String finding(Finding finding) {
        var rule = "[" + finding.rule() + " " + audited.result().nameOf(finding) + "]";
        var problem = new Paragraph("", INDENT).add(place(finding.where()) + ":", style::bold)
                .add(finding.severity().word() + ":", word -> style.severity(finding.severity(), word))
                .add(finding.message()).addWhole(rule, style::dim);
        var fix = new Paragraph(INDENT + "fix: ", INDENT + "     ").add(finding.fix());
        return problem + quote(finding.where()).map(line -> style.dim(line) + "\n").orElse("") + fix;
    }

    /// `file:line`, without the column that a line of its own already shows.
    static String place(Location where) {
        return where.line() > 0 ? where.file() + ":" + where.line() : where.file();
    }

    /// The line itself, when it is short and holds no secret.
    private Optional<String> quote(Location where) {
        var lines = sources.computeIfAbsent(where.file(),
                file -> audited.stack().files().read(file).map(text -> text.lines().toList()).orElse(List.of()));
        if (where.line() < 1 || where.line() > lines.size()) {
            return Optional.empty();
        }
        var line = Paragraph.printable(lines.get(where.line() - 1)).strip();
        var quoted = INDENT + "| " + line;
        return quoted.length() > Paragraph.WIDTH || line.isEmpty() || SECRET.matcher(line).find()
                ? Optional.empty()
                : Optional.of(quoted);
    }
}
