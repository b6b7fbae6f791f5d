package dev.plimsoll.report;

import dev.plimsoll.audit.AuditResult;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.source.Location;
import dev.plimsoll.source.Paths;
import dev.plimsoll.source.Problem;
import dev.plimsoll.stack.Host;
import dev.plimsoll.stack.Stack;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// An audited stack: all that a report is made of.
///
/// @param version Plimsoll's own
/// @param directory the project directory as the user named it, with `/`; `.` or nothing for the current one
public record Audited(String version, String directory, Stack stack, Host host, AuditResult result) {
    /// A file's path from where the command ran.
    String path(Location where) {
        return directory.isEmpty() ? Paths.normalized(where.file()) : Paths.resolve(directory, where.file());
    }

    /// The Compose files' paths from where the command ran.
    List<String> files() {
        return stack.composeFiles().stream().map(file -> path(Location.ofFile(file))).toList();
    }

    /// What loading and auditing noticed besides findings.
    public List<Problem> warnings() {
        var all = new ArrayList<>(stack.warnings());
        all.addAll(result.warnings());
        return all;
    }

    /// `3 findings: 1 critical, 2 high. 1 suppressed.`
    String counts() {
        var number = result.findings().size();
        var bySeverity = Arrays.stream(Severity.values()).filter(severity -> result.count(severity) > 0)
                .map(severity -> result.count(severity) + " " + severity.word()).collect(Collectors.joining(", "));
        var found = switch (number) {
            case 0 -> "No findings.";
            case 1 -> "1 finding: " + bySeverity + ".";
            default -> number + " findings: " + bySeverity + ".";
        };
        return found + (result.suppressed().isEmpty() ? "" : " " + result.suppressed().size() + " suppressed.");
    }

    /// The counts, and the server that was assumed when none was named.
    String summary() {
        return Stream.of(counts(), assumption()).filter(text -> !text.isEmpty()).collect(Collectors.joining(" "));
    }

    private String assumption() {
        return host.assumed()
                ? "Assumed a server with " + host.memory() + " and " + host.cpus().inWords()
                        + "; say --memory and --cpus, or --detect on the server itself."
                : "";
    }
}
