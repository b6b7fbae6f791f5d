package dev.plimsoll.verify;

import dev.plimsoll.lock.Lock.LockedFile;
import dev.plimsoll.lock.LockedService;
import dev.plimsoll.lock.Traits;
import dev.plimsoll.observe.Observation;
import dev.plimsoll.prometheus.MetricSource;
import dev.plimsoll.verify.Look.Seen;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Whether alert rules are loaded, healthy and able to fire, and whether anybody hears of it.
final class Alerts implements Scenario {
    private static final int ALERTMANAGER_PORT = 9093;

    @Override
    public String id() {
        return "alerts";
    }

    @Override
    public String title() {
        return "Alerts that can fire and arrive";
    }

    @Override
    public List<Check> checks(Look look) {
        var checks = new ArrayList<Check>();
        var servers = look.servers("prometheus").toList();
        if (servers.isEmpty()) {
            checks.add(Check.notRun("", "alert rules are loaded", "no Prometheus runs"));
        }
        for (var server : servers) {
            var seen = server.seen();
            checks.add(loaded(look, seen));
            files(look, seen).forEach(checks::add);
            checks.add(healthy(seen));
            checks.add(live(seen));
            known(seen).ifPresent(checks::add);
            checks.add(targets(seen));
            checks.add(alertmanagers(look, seen));
            firing(seen).forEach(checks::add);
            reload(seen, "prometheus").ifPresent(checks::add);
            blind(seen).ifPresent(checks::add);
        }
        look.servers("alertmanager").forEach(server -> {
            checks.add(receivers(server.seen()));
            reload(server.seen(), "alertmanager").ifPresent(checks::add);
            silences(server.seen()).ifPresent(checks::add);
        });
        return checks;
    }

    private static Check loaded(Look look, Seen seen) {
        var what = "has alert rules";
        return seen.fact("prometheus.alerts").map(fact -> {
            if (!fact.value().equals("0")) {
                return Check.passed(seen.service(), what, fact.value() + " loaded", fact);
            }
            return seen.is("prometheus.rule_files", "0") && rendered(look).isEmpty()
                    ? Check.advice(seen.service(), what, "its configuration names none", "Name rule files in "
                            + "rule_files: it records, and warns nobody", fact)
                    : Check.failed(seen.service(), what, "none is loaded", "Mount the rule files and name them in "
                            + "rule_files", fact);
        }).orElseGet(() -> Check.notRun(seen.service(), what, seen.gap("prometheus.rules")));
    }

    /// Paths of the rendered files with rules.
    private static List<String> rendered(Look look) {
        return look.lock().files().stream().map(LockedFile::path).filter(path -> path.matches(
                "(?:.*/)?[^/]*(?:rules|alerts)[^/]*\\.ya?ml") && path.contains("prometheus") && !path.contains("test"))
                .toList();
    }

    /// Rendered rule files that the server does not load, and entries of rule_files that find nothing.
    private static Stream<Check> files(Look look, Seen seen) {
        if (seen.fact("prometheus.rules").isEmpty()) {
            return Stream.empty();
        }
        var loaded = seen.all("prometheus.loaded_file.").map(fact -> name(fact.what())).toList();
        var lost = rendered(look).stream().filter(path -> !loaded.contains(name(path))).toList();
        if (!lost.isEmpty()) {
            return Stream.of(Check.failed(seen.service(), "loads every rendered rule file", "it does not load "
                    + String.join(", ", lost), "Start the rendered stack again; see the mounts of " + seen.service()));
        }
        var entries = seen.number("prometheus.rule_files").orElse(0.0);
        return entries > loaded.size()
                ? Stream.of(Check.failed(seen.service(), "every entry of rule_files finds a file with rules",
                        "%.0f entries, %d files with rules".formatted(entries, loaded.size()), "A path is wrong, a "
                                + "file is not mounted, or it is empty",
                        evidence(seen, "prometheus.rule_files")))
                : Stream.empty();
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static Check healthy(Seen seen) {
        var what = "every rule can be evaluated";
        var rules = seen.all("prometheus.rule.").toList();
        var ill = rules.stream().filter(fact -> fact.value().equals("err")).toList();
        if (rules.isEmpty() || rules.stream().allMatch(fact -> fact.value().equals("unknown"))) {
            return Check.notRun(seen.service(), what, rules.isEmpty()
                    ? "no rule is loaded"
                    : "none was evaluated yet");
        }
        return ill.isEmpty()
                ? Check.passed(seen.service(), what, rules.size() + " rules")
                : Check.failed(seen.service(), what, ill.stream().map(fact -> rule(fact) + ": " + fact.how()).limit(3)
                        .reduce((a, b) -> a + "; " + b).orElse(""), "Correct the expression",
                        ill.toArray(Observation[]::new));
    }

    private static String rule(Observation fact) {
        return fact.what().replaceFirst("prometheus\\.[a-z_]+\\.(?:.*/)?", "");
    }

    /// A metric that only an application exports may appear with its first request; one of an exporter is there from
    /// the first scrape.
    private static Check live(Seen seen) {
        var what = "every alert reads metrics that exist";
        var judged = seen.all("prometheus.dead.").toList();
        if (judged.isEmpty() || isWaiting(seen)) {
            return Check.notRun(seen.service(), what, isWaiting(seen)
                    ? "not every target was scraped yet"
                    : seen.gap("prometheus.dead"));
        }
        var dead = judged.stream().filter(fact -> !fact.value().isEmpty()).toList();
        if (dead.isEmpty()) {
            return Check.passed(seen.service(), what, judged.size() + " alerts");
        }
        var found = dead.stream().map(fact -> rule(fact) + " needs " + fact.value()).limit(4).reduce((a, b) -> a + "; "
                + b).orElse("") + (dead.size() > 4 ? " and " + (dead.size() - 4) + " more" : "");
        var certain = dead.stream().anyMatch(fact -> List.of(fact.value().split(" ")).stream().anyMatch(
                metric -> MetricSource.of(metric).isPresent()));
        return certain
                ? Check.failed(seen.service(), what, found, "Add the exporter or remove the rule: it can never fire",
                        dead.toArray(Observation[]::new))
                : Check.advice(seen.service(), what, found, "Make sure that the application exports them before it is "
                        + "needed", dead.toArray(Observation[]::new));
    }

    private static boolean isWaiting(Seen seen) {
        return seen.isStarting() || seen.all("prometheus.target.").anyMatch(fact -> fact.value().equals("unknown"));
    }

    /// Advice, as the target may be one that comes and goes.
    private static Optional<Check> known(Seen seen) {
        var what = "every alert names targets that are there";
        var judged = seen.all("prometheus.unknown_target.").toList();
        var unknown = judged.stream().filter(fact -> !fact.value().isEmpty()).toList();
        if (judged.isEmpty() || isWaiting(seen)) {
            return Optional.empty();
        }
        return Optional.of(unknown.isEmpty()
                ? Check.passed(seen.service(), what, judged.size() + " alerts name some")
                : Check.advice(seen.service(), what, String.join("; ", unknown.stream().map(fact -> rule(fact)
                        + " needs " + fact.value()).limit(4).toList()) + (unknown.size() > 4
                                ? " and " + (unknown.size() - 4) + " more"
                                : ""),
                        "Correct the label: no series has it now, so the alert cannot fire", unknown.toArray(
                                Observation[]::new)));
    }

    private static Check targets(Seen seen) {
        var what = "every target answers";
        var all = seen.all("prometheus.target.").toList();
        var down = all.stream().filter(fact -> fact.value().equals("down")).toList();
        if (all.isEmpty() && seen.fact("prometheus.targets").isPresent()) {
            return Check.failed(seen.service(), what, "it scrapes nothing", "Name targets in scrape_configs");
        }
        if (all.isEmpty() || !down.isEmpty() && seen.isStarting()) {
            return Check.notRun(seen.service(), what, all.isEmpty()
                    ? seen.gap("prometheus.target")
                    : "the stack is still starting");
        }
        if (!down.isEmpty()) {
            return Check.failed(seen.service(), what, down.stream().map(fact -> fact.what().substring(
                    "prometheus.target.".length()) + " is down (" + fact.how() + ")").limit(3).reduce((a, b) -> a
                            + "; " + b)
                    .orElse(""), "Start it, or correct its address",
                    down.toArray(Observation[]::new));
        }
        var unknown = all.stream().filter(fact -> fact.value().equals("unknown")).count();
        return unknown > 0
                ? Check.notRun(seen.service(), what, unknown + " of " + all.size() + " not scraped yet")
                : Check.passed(seen.service(), what, all.size() + " up");
    }

    private static Check alertmanagers(Look look, Seen seen) {
        var what = "tells an Alertmanager";
        var fact = seen.fact("prometheus.alertmanagers");
        if (fact.isEmpty()) {
            return Check.notRun(seen.service(), what, seen.gap("prometheus.alertmanagers"));
        }
        var down = look.ofKind("alertmanager").filter(service -> look.running(service.name()).findAny().isEmpty())
                .map(service -> service.name()).toList();
        var astray = astray(look, seen);
        if (!astray.isEmpty()) {
            return Check.failed(seen.service(), what, "nobody listens at " + String.join(", ", astray), "Correct the "
                    + "port under `alerting`", fact.get());
        }
        if (!fact.get().value().equals("0") && down.isEmpty()) {
            return Check.passed(seen.service(), what, fact.get().value() + " connected", fact.get());
        }
        if (look.ofKind("alertmanager").findAny().isEmpty()) {
            return Check.advice(seen.service(), what, "the stack has none", "Add one: alerts that nobody gets help "
                    + "nobody", fact.get());
        }
        return seen.isStarting() && down.isEmpty()
                ? Check.notRun(seen.service(), what, "the stack is still starting")
                : Check.failed(seen.service(), what, down.isEmpty()
                        ? "none is connected"
                        : String.join(", ", down) + " does not run", "Start it, and name it under `alerting`",
                        fact.get());
    }

    /// Addresses of the stack's own Alertmanagers with a port on which they do not listen.
    private static List<String> astray(Look look, Seen seen) {
        var own = look.ofKind("alertmanager").filter(service -> !listensElsewhere(service)).map(
                service -> service.name()).toList();
        return seen.all("prometheus.alertmanager.")
                .map(fact -> fact.what().substring("prometheus.alertmanager.".length())
                        .replaceFirst("^https?://", "").replaceFirst("/.*", ""))
                .filter(address -> own.contains(address
                        .replaceFirst(":\\d+$", "")))
                .filter(address -> !address.endsWith(":" + ALERTMANAGER_PORT)).toList();
    }

    private static boolean listensElsewhere(LockedService service) {
        return service.expected().map(expected -> expected.traits().options().getOrDefault(Traits.COMMAND, "")).filter(
                command -> command.contains("web.listen-address")).isPresent();
    }

    private static Optional<Check> reload(Seen seen, String server) {
        var what = "took the configuration that it read last";
        return seen.fact(server + ".reload").map(fact -> fact.value().equals("true")
                ? Check.passed(seen.service(), what, "yes", fact)
                : Check.failed(seen.service(), what, "it refused it, and goes on with an older one",
                        "Correct the file, which its log names: it does not start again with this one", fact));
    }

    private static Optional<Check> blind(Seen seen) {
        var blind = seen.all("prometheus.blind.").toList();
        return blind.isEmpty() || seen.isStarting()
                ? Optional.empty()
                : Optional.of(Check.failed(seen.service(), "every exporter reaches what it watches", String.join(", ",
                        blind.stream().map(fact -> fact.what().substring("prometheus.blind.".length())).toList())
                        + " is 0", "Correct the address or the login that the exporter is given",
                        blind.toArray(
                                Observation[]::new)));
    }

    private static Optional<Check> silences(Seen seen) {
        var all = seen.all("alertmanager.silence.").toList();
        return all.isEmpty()
                ? Optional.empty()
                : Optional
                        .of(Check.failed(seen.service(), "no silence mutes everything",
                                "one does until " + all.getFirst()
                                        .value(),
                                "Expire it, or name what it is for", all.toArray(Observation[]::new)));
    }

    private static Check receivers(Seen seen) {
        var what = "has a receiver that reaches somebody";
        var all = seen.all("alertmanager.receiver.").toList();
        if (all.isEmpty()) {
            return Check.notRun(seen.service(), what, seen.gap("alertmanager"));
        }
        var reaching = all.stream().filter(fact -> !fact.value().equals("0")).filter(fact -> seen.fact(
                "alertmanager.routed." + fact.what().substring("alertmanager.receiver.".length())).isPresent())
                .toList();
        return reaching.isEmpty()
                ? Check.failed(seen.service(), what, "no routed receiver has an integration", "Give the default "
                        + "receiver an address", all.toArray(Observation[]::new))
                : Check.passed(seen.service(), what, reaching.stream().map(fact -> fact.what().substring(
                        "alertmanager.receiver.".length())).reduce((a, b) -> a + ", " + b).orElse(""));
    }

    /// A dead man's switch fires always, and must.
    private static Stream<Check> firing(Seen seen) {
        var firing = seen.all("prometheus.alert.").filter(fact -> fact.value().equals("firing"))
                .filter(fact -> !rule(fact).matches("(?i)watchdog|dead.?man.*")).toList();
        return firing.isEmpty()
                ? Stream.empty()
                : Stream.of(Check.advice(seen.service(), "no alert fires", String.join(", ", firing.stream().map(
                        Alerts::rule).toList()), "Look into it first: it may explain other findings",
                        firing.toArray(Observation[]::new)));
    }

    private static Observation[] evidence(Seen seen, String what) {
        return seen.fact(what).stream().toArray(Observation[]::new);
    }
}
