package dev.plimsoll.report;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Family;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Fingerprint;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.audit.Suppressed;
import dev.plimsoll.source.Location;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Findings as SARIF 2.1.0, for code scanning services and editors.
public final class SarifReport {
    private static final String ROOT = "%SRCROOT%";
    private static final String UNRESERVED = "-._~/";

    private final Audited audited;
    private final Map<String, Integer> seen = new HashMap<>();

    private SarifReport(Audited audited) {
        this.audited = audited;
    }

    public static Map<String, @Nullable Object> of(Audited audited) {
        return new SarifReport(audited).document();
    }

    private Map<String, @Nullable Object> document() {
        var run = Fields.of("tool", Fields.of("driver", Fields.of("name", "Plimsoll", "version", audited.version(),
                "rules",
                audited.result().rules().stream().map(SarifReport::rule).toList())));
        run.put("originalUriBaseIds", Fields.of(ROOT, Fields.of("description",
                text("The directory in which Plimsoll ran."))));
        run.put("invocations", List.of(Fields.of("executionSuccessful", true, "toolExecutionNotifications",
                audited.warnings().stream().map(warning -> Fields.of("level", "warning", "message",
                        text(warning.what() + ". " + warning.remedy() + "."), "locations",
                        List.of(location(warning.where())))).toList())));
        run.put("results", results());
        return Fields.of("$schema", "https://json.schemastore.org/sarif-2.1.0.json", "version", "2.1.0", "runs",
                List.of(run));
    }

    private static Map<String, @Nullable Object> rule(Rule.About rule) {
        var properties = Fields.of("tags", List.of(rule.family().word()), "precision", precision(rule.confidence()),
                "problem.severity", problemSeverity(rule.severity()));
        if (rule.family() == Family.SECURITY) {
            properties.put("security-severity", securitySeverity(rule.severity()));
        }
        var help = rule.why() + "\n\nFix: " + rule.fix() + "\n\nSource: " + rule.source();
        return Fields.of("id", rule.id(), "name", rule.name(), "shortDescription", text(rule.what()), "fullDescription",
                text(rule.what() + " " + rule.why()), "help", Fields.of("text", help, "markdown", help),
                "defaultConfiguration", Fields.of("level", level(rule.severity())), "properties",
                properties);
    }

    private List<Map<String, @Nullable Object>> results() {
        var results = new ArrayList<Map<String, @Nullable Object>>();
        audited.result().findings().forEach(finding -> results.add(result(finding, List.of())));
        audited.result().suppressed()
                .forEach(suppressed -> results.add(result(suppressed.finding(), List.of(suppression(suppressed)))));
        return results;
    }

    private Map<String, @Nullable Object> result(Finding finding, List<Map<String, @Nullable Object>> suppressions) {
        var result = Fields.of("ruleId", finding.rule());
        var ids = audited.result().rules().stream().map(Rule.About::id).toList();
        if (ids.contains(finding.rule())) {
            result.put("ruleIndex", ids.indexOf(finding.rule()));
        }
        result.put("level", level(finding.severity()));
        result.put("message", text(finding.message() + ". " + finding.fix() + "."));
        result.put("locations", List.of(location(finding.where())));
        result.put("partialFingerprints", Fields.of("plimsoll/v1", fingerprint(finding)));
        result.put("suppressions", suppressions);
        result.put("properties", properties(finding));
        return result;
    }

    private static Map<String, @Nullable Object> properties(Finding finding) {
        var properties = Fields.of("severity", finding.severity().word(), "confidence", finding.confidence().word());
        finding.service().ifPresent(service -> properties.put("service", service));
        return properties;
    }

    private static Map<String, @Nullable Object> suppression(Suppressed suppressed) {
        return Fields.of("kind", switch (suppressed.by()) {
            case COMMENT -> "inSource";
            case BASELINE -> "external";
        }, "status", "accepted", "justification", suppressed.reason());
    }

    /// A place; a finding about a whole file stands at its first line, because services refuse results without one.
    private Map<String, @Nullable Object> location(Location where) {
        var region = Fields.of("startLine", Math.max(1, where.line()));
        if (where.column() > 0) {
            region.put("startColumn", where.column());
        }
        return Fields.of("physicalLocation",
                Fields.of("artifactLocation", artifact(audited.path(where)), "region", region));
    }

    private static Map<String, @Nullable Object> artifact(String path) {
        return path.startsWith("/")
                ? Fields.of("uri", "file://" + encoded(path))
                : Fields.of("uri", encoded(path), "uriBaseId", ROOT);
    }

    /// Every byte that may not stand in the path of a URI as `%XX`.
    private static String encoded(String path) {
        var uri = new StringBuilder();
        for (var unit : path.getBytes(StandardCharsets.UTF_8)) {
            var letter = (char) (unit & 0xff);
            if (letter < 0x80 && (Character.isLetterOrDigit(letter) || UNRESERVED.indexOf(letter) >= 0)) {
                uri.append(letter);
            } else {
                uri.append('%').append(HexFormat.of().withUpperCase().toHexDigits(unit));
            }
        }
        return uri.toString();
    }

    /// Findings that differ in nothing but their place are numbered.
    private String fingerprint(Finding finding) {
        var text = Fingerprint.of(finding).text();
        var number = seen.merge(text, 1, Integer::sum);
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16) + ":" + number;
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    private static String level(Severity severity) {
        return switch (severity) {
            case CRITICAL, HIGH -> "error";
            case MEDIUM -> "warning";
            case LOW -> "note";
        };
    }

    private static String problemSeverity(Severity severity) {
        return switch (severity) {
            case CRITICAL, HIGH -> "error";
            case MEDIUM -> "warning";
            case LOW -> "recommendation";
        };
    }

    private static String securitySeverity(Severity severity) {
        return switch (severity) {
            case CRITICAL -> "9.5";
            case HIGH -> "8.0";
            case MEDIUM -> "5.5";
            case LOW -> "2.0";
        };
    }

    private static String precision(Confidence confidence) {
        return switch (confidence) {
            case CERTAIN -> "very-high";
            case LIKELY -> "high";
            case ADVICE -> "medium";
        };
    }

    private static Map<String, @Nullable Object> text(String text) {
        return Fields.of("text", text);
    }
}
