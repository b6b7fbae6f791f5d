package dev.plimsoll.report;

import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Severity;

/// Findings as workflow commands, which GitHub shows beside the lines of a pull request.
public final class GithubReport {
    private GithubReport() {}

    public static String of(Audited audited) {
        var text = new StringBuilder();
        audited.result().findings().forEach(finding -> text.append(annotation(audited, finding)).append('\n'));
        return text.append(audited.summary()).append('\n').toString();
    }

    private static String annotation(Audited audited, Finding finding) {
        return "::%s file=%s,line=%d,title=%s::%s".formatted(command(finding.severity()),
                property(audited.path(finding.where())), Math.max(1, finding.where().line()),
                property(finding.rule() + " " + audited.result().nameOf(finding)),
                data(finding.message() + ". " + finding.fix() + "."));
    }

    private static String command(Severity severity) {
        return switch (severity) {
            case CRITICAL, HIGH -> "error";
            case MEDIUM -> "warning";
            case LOW -> "notice";
        };
    }

    private static String data(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }
}
