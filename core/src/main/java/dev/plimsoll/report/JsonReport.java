package dev.plimsoll.report;

import dev.plimsoll.audit.AuditResult;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.source.Problem;
import dev.plimsoll.stack.Host;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

/// Findings for programs, as `schema/findings.schema.json` describes them.
public final class JsonReport {
    private JsonReport() {}

    public static Map<String, Object> of(Audited audited) {
        var result = audited.result();
        var document = new LinkedHashMap<String, Object>();
        document.put("version", audited.version());
        document.put("project", audited.stack().name());
        document.put("files", audited.files());
        document.put("host", host(audited.host()));
        document.put("counts", counts(result));
        document.put("findings", result.findings().stream().map(finding -> finding(result, finding)).toList());
        document.put("suppressed", result.suppressed().stream().map(suppressed -> {
            var fields = new LinkedHashMap<String, Object>();
            fields.put("by", suppressed.by().word());
            fields.put("reason", suppressed.reason());
            fields.put("finding", finding(result, suppressed.finding()));
            return fields;
        }).toList());
        document.put("warnings", audited.warnings().stream().map(JsonReport::warning).toList());
        return document;
    }

    private static Map<String, Object> host(Host host) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("memory_bytes", host.memory().bytes());
        fields.put("cpus", new BigDecimal(host.cpus().toString()));
        fields.put("assumed", host.assumed());
        return fields;
    }

    private static Map<String, Object> counts(AuditResult result) {
        var fields = new LinkedHashMap<String, Object>();
        for (var severity : Severity.values()) {
            fields.put(severity.word(), result.count(severity));
        }
        return fields;
    }

    private static Map<String, Object> finding(AuditResult result, Finding finding) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("rule", finding.rule());
        fields.put("name", result.nameOf(finding));
        fields.put("family", finding.family().word());
        fields.put("severity", finding.severity().word());
        fields.put("confidence", finding.confidence().word());
        fields.put("service", finding.service());
        fields.put("file", finding.where().file());
        fields.put("line", finding.where().line());
        fields.put("message", finding.message());
        fields.put("fix", finding.fix());
        return fields;
    }

    private static Map<String, Object> warning(Problem warning) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("file", warning.where().file());
        fields.put("line", warning.where().line());
        fields.put("message", warning.what());
        fields.put("fix", warning.remedy());
        return fields;
    }
}
