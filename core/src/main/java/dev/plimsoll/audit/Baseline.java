package dev.plimsoll.audit;

import dev.plimsoll.source.InputException;
import dev.plimsoll.source.Location;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Findings that are known and hidden, so that only new ones count.
///
/// @param known how many findings of each fingerprint are hidden
public record Baseline(SequencedMap<Fingerprint, Integer> known) {
    private static final int VERSION = 1;

    public Baseline {
        known = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(known));
    }

    /// Records what an audit found; what a comment allows is not part of it.
    public static Baseline of(AuditResult result) {
        var known = new LinkedHashMap<Fingerprint, Integer>();
        result.findings().forEach(finding -> known.merge(Fingerprint.of(finding), 1, Integer::sum));
        return new Baseline(known);
    }

    /// @param name the file's name as the user gave it
    /// @throws InputException when the text is no baseline
    public static Baseline parse(String name, String text) {
        try {
            var document = JsonMapper.shared().readTree(text);
            if (document.path("version").intValue(0) != VERSION || !document.path("findings").isArray()) {
                throw unreadable(name, "has no `version: 1` and list of `findings`");
            }
            var known = new LinkedHashMap<Fingerprint, Integer>();
            for (var entry : document.path("findings")) {
                known.merge(fingerprint(name, entry), Math.max(1, entry.path("count").intValue(1)), Integer::sum);
            }
            return new Baseline(known);
        } catch (JacksonException notJson) {
            throw unreadable(name, "is not JSON" + Optional.ofNullable(notJson.getLocation())
                    .map(where -> " (line " + where.getLineNr() + ")").orElse(""));
        }
    }

    /// The same result with the known findings set aside.
    public AuditResult applyTo(AuditResult result, String name) {
        var left = new LinkedHashMap<>(known);
        var findings = new ArrayList<Finding>();
        var suppressed = new ArrayList<>(result.suppressed());
        for (var finding : result.findings()) {
            var fingerprint = Fingerprint.of(finding);
            var count = left.getOrDefault(fingerprint, 0);
            if (count > 0) {
                left.put(fingerprint, count - 1);
                suppressed.add(new Suppressed(finding, Suppressed.By.BASELINE, "recorded in " + name));
            } else {
                findings.add(finding);
            }
        }
        return new AuditResult(result.rules(), findings, suppressed, result.warnings());
    }

    /// The JSON document that [#parse] reads.
    public Map<String, Object> document() {
        var entries = new ArrayList<Map<String, Object>>();
        known.forEach((fingerprint, count) -> {
            var entry = new LinkedHashMap<String, Object>();
            entry.put("rule", fingerprint.rule());
            fingerprint.service().ifPresent(service -> entry.put("service", service));
            entry.put("file", fingerprint.file());
            entry.put("message", fingerprint.message());
            entry.put("count", count);
            entries.add(entry);
        });
        var document = new LinkedHashMap<String, Object>();
        document.put("version", VERSION);
        document.put("findings", List.copyOf(entries));
        return document;
    }

    private static Fingerprint fingerprint(String name, JsonNode entry) {
        if (!entry.path("rule").isString() || !entry.path("file").isString() || !entry.path("message").isString()) {
            throw unreadable(name, "has a finding without `rule`, `file` or `message`");
        }
        return new Fingerprint(entry.path("rule").stringValue(),
                Optional.of(entry.path("service")).filter(JsonNode::isString).map(JsonNode::stringValue),
                entry.path("file").stringValue(), entry.path("message").stringValue());
    }

    private static InputException unreadable(String name, String what) {
        return new InputException(Location.ofFile(name), "the baseline " + what,
                "Name a file that --write-baseline wrote, or record a new one with it");
    }
}
