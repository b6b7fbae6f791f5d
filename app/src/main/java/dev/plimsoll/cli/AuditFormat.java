package dev.plimsoll.cli;

import dev.plimsoll.report.Audited;
import dev.plimsoll.report.GithubReport;
import dev.plimsoll.report.JUnitReport;
import dev.plimsoll.report.JsonReport;
import dev.plimsoll.report.MarkdownReport;
import dev.plimsoll.report.SarifReport;
import dev.plimsoll.report.Style;
import dev.plimsoll.report.TextReport;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The forms an audit's report takes.
enum AuditFormat {
    TEXT, JSON, SARIF, JUNIT, GITHUB, MARKDOWN;

    String render(Audited audited, boolean colour) {
        return switch (this) {
            case TEXT -> TextReport.of(audited, new Style(colour));
            case JSON -> Json.text(JsonReport.of(audited));
            case SARIF -> Json.text(SarifReport.of(audited));
            case JUNIT -> JUnitReport.of(audited);
            case GITHUB -> GithubReport.of(audited);
            case MARKDOWN -> MarkdownReport.of(audited);
        };
    }

    /// Reports of several projects as one; empty when the format has no room for them.
    Optional<String> renderEach(List<Audited> projects, boolean colour) {
        return switch (this) {
            case TEXT -> Optional.of(TextReport.ofEach(projects, new Style(colour)));
            case JSON -> Optional.of(Json.text(projects.stream().map(JsonReport::of).toList()));
            case SARIF, JUNIT, GITHUB, MARKDOWN -> Optional.empty();
        };
    }

    /// Reads one from the command line.
    static final class Reader extends Choice<AuditFormat> {
        Reader() {
            super(List.of(values()));
        }
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
