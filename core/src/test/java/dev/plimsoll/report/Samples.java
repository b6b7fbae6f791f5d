package dev.plimsoll.report;

import dev.plimsoll.audit.AuditResult;
import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.audit.Suppressed;
import dev.plimsoll.compose.ComposeLoader;
import dev.plimsoll.source.Location;
import dev.plimsoll.source.Problem;
import dev.plimsoll.source.ProjectFiles;
import dev.plimsoll.stack.Host;
import dev.plimsoll.units.MemorySize;
import dev.plimsoll.units.Millicores;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Hand-made audits that reports are tested with.
final class Samples {
    static final List<Rule.About> RULES = List.of(
            new Rule.About("DBT001", "more-connections-than-server", Severity.CRITICAL, Confidence.CERTAIN,
                    "Clients may open more connections than the server takes.", "The next one is refused.",
                    "Lower the pools.", "https://www.postgresql.org/docs/current/runtime-config-connection.html"),
            new Rule.About("MEM001", "missing-memory-limit", Severity.HIGH, Confidence.CERTAIN,
                    "Services run without a memory limit.", "One leak takes the whole server.", "Set `mem_limit`.",
                    "https://docs.docker.com/engine/containers/resource_constraints/"),
            new Rule.About("MEM002", "cache-fills-container", Severity.MEDIUM, Confidence.LIKELY,
                    "The cache may fill its container.", "The kernel kills it.", "Lower `maxmemory`.",
                    "https://redis.io/docs/latest/"),
            new Rule.About("SEC001", "published-database", Severity.CRITICAL, Confidence.ADVICE,
                    "A database listens to the internet.", "Anyone may try passwords.", "Bind it to 127.0.0.1.",
                    "https://docs.docker.com/engine/network/packet-filtering-firewalls/"));

    private static final String COMPOSE = """
            name: shop
            services:
              api:
                image: shop/api:1.4
                environment:
                  DATABASE_URL: postgres://shop:hunter2@db/shop
              db:
                image: postgres:16
                ports:
                  - "5432:5432"
            """;

    private Samples() {}

    private static Finding finding(String rule, Severity severity, String service, Location where, String message,
            String fix) {
        return new Finding(rule, severity, Confidence.CERTAIN, Optional.of(service).filter(name -> !name.isEmpty()),
                where, message, fix);
    }

    private static Audited audited(String directory, Host host, AuditResult result) {
        var files = ProjectFiles.of(Map.of("compose.yml", COMPOSE, "conf/redis 1,2.conf", "maxmemory\t512mb\n"));
        var stack = ComposeLoader.load(files, ComposeLoader.Request.of("compose.yml"));
        return new Audited("1.2.3", directory, stack, host, result);
    }

    static Audited clean() {
        return audited("", Host.of(MemorySize.ofGigabytes(8), Millicores.ofCores(4)),
                new AuditResult(RULES, List.of(), List.of(), List.of()));
    }

    /// One finding of each severity, with all that a format may stumble over.
    static Audited rich() {
        var findings = List.of(
                finding("MEM001", Severity.LOW, "", Location.ofFile("compose.yml"),
                        "None of the 2 services has a memory limit: api, db", "Set mem_limit on each"),
                finding("SEC001", Severity.CRITICAL, "db", new Location("compose.yml", 10, 9),
                        "Postgres listens on every address of the server, and Docker opens the port past the firewall",
                        "Write 127.0.0.1:5432:5432, or remove the port: services of this file reach db without it"),
                finding("DBT001", Severity.HIGH, "api", new Location("compose.yml", 6, 21),
                        "api may open 100 % of 100 connections: 4 workers * 25 | <pool>\n@team: `a*b` \u0007end",
                        "Lower the pool to 10"),
                finding("MEM002", Severity.MEDIUM, "cache", Location.ofLine("conf/redis 1,2.conf", 1),
                        "maxmemory is 512 MB and the container has 512 MB", "Lower maxmemory to 384mb"));
        var suppressed = List.of(
                new Suppressed(finding("MEM002", Severity.MEDIUM, "queue", Location.ofLine("compose.yml", 4),
                        "maxmemory is 64 MB", "Lower it"), Suppressed.By.COMMENT, "the batch job runs alone"),
                new Suppressed(finding("MEM002", Severity.MEDIUM, "queue", Location.ofLine("compose.yml", 8),
                        "maxmemory is 96 MB", "Lower it"), Suppressed.By.BASELINE, "recorded in known.json"));
        var warnings = List.of(new Problem(Location.ofLine("compose.yml", 2),
                "this comment allows nothing, because it gives no reason", "Write one"));
        return audited("deploy/shop", Host.TYPICAL, new AuditResult(RULES, findings, suppressed, warnings));
    }
}
