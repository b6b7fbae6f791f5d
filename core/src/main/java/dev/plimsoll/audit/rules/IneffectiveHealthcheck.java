package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.kinds.Redis;
import dev.plimsoll.kinds.Role;
import dev.plimsoll.source.Location;
import dev.plimsoll.stack.BuiltImage;
import dev.plimsoll.stack.Healthcheck;
import dev.plimsoll.yaml.Node;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

public final class IneffectiveHealthcheck implements Rule {
    private static final Pattern ALWAYS = Pattern.compile("\\s*(?:exit 0|true|/bin/true|:|echo(?: [^|&;]*)?)\\s*|"
            + ".*\\|\\|\\s*(?:exit 0|true)\\s*");
    private static final Pattern PING = Pattern.compile("(?:redis|valkey|keydb)-cli\\b(?<options>[^|&;]*?)\\bping\\b",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern CURL_FAILS = Pattern.compile("\\s(?:--fail(?:-with-body|-early)?|-[a-zA-Z]*f[a-zA-Z]*)"
            + "(?:\\s|$)");

    /// Server programs told to read their configuration and end: `-t` of nginx, PHP-FPM and Apache, `-c` of HAProxy.
    private static final Pattern TESTS_CONFIG = Pattern.compile("(?:(?:/bin/)?(?:ba|a)?sh -c )?\\s*(?:\\S*/)?(?:"
            + "(?:php-fpm[\\d.]*|nginx|httpd|apache2?ctl|apache2)(?: [^|&;]*)? (?:-(?:tt|[tT]|tq|qt)|configtest)"
            + "|haproxy(?: [^|&;]*)? -c|caddy validate)(?: [^|&;>]*)?(?:\\s*[12]?>\\s*(?:&[12]|/dev/null))*"
            + "\\s*(?:\\|\\|\\s*(?:exit 1|false))?\\s*");

    private static final Pattern ASKS_A_SERVER = Pattern
            .compile("\\b(?:curl|wget|https?|localhost|127\\.0\\.0\\.1)\\b");

    @Override
    public About about() {
        return new About("REL003", "ineffective-healthcheck", Severity.MEDIUM, Confidence.CERTAIN,
                "A healthcheck does not tell the state of the service.",
                "`redis-cli ping` prints NOAUTH and still exits with 0, curl without --fail exits with 0 on HTTP 500, "
                        + "`nginx -t` tests a file, and a healthcheck without `test` runs nothing. What waits for the service starts too early, "
                        + "and a broken service counts as healthy. A worker that inherits its Dockerfile's question "
                        + "to the web server is unhealthy for ever.",
                "Make the command fail when the service does: `curl -f`, `redis-cli -a … ping | grep PONG`.",
                "https://docs.docker.com/reference/dockerfile/#healthcheck");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        var blind = inventory.running().filter(service -> service.service().knownHealthcheck()
                .filter(check -> !check.disabled() && isBlindCurl(check.command())).isPresent()).toList();
        var curls = blind.stream().limit(1).map(first -> Grouped.finding(this, Severity.LOW, blind,
                first.service().node("healthcheck", "test").map(Node::where).or(() -> first.service()
                        .knownHealthcheck().map(Healthcheck::where)).orElse(first.service().where()),
                "curl without --fail exits with 0 on HTTP 500, so " + Grouped.names(blind)
                        + (blind.size() == 1 ? " counts" : " count") + " as healthy while answering with errors",
                "Write curl -f"));
        var own = inventory.running().flatMap(service -> service.service().knownHealthcheck().filter(check -> !check
                .disabled()).flatMap(check -> problem(service, check)).or(() -> inherited(service)).stream());
        return Stream.concat(own, curls);
    }

    /// A worker runs another command than the one that its Dockerfile's healthcheck was written for.
    private Optional<Finding> inherited(Recognised service) {
        return service.service().built().flatMap(BuiltImage::healthcheck)
                .filter(check -> !check.disabled() && ASKS_A_SERVER.matcher(check.command()).find())
                .filter(_ -> service.role() == Role.WORKER && service.service().healthcheck().isEmpty()
                        && service.service().knownHealthcheck().isEmpty())
                .map(check -> finding(service, service.service().where("command"), service.name() + " inherits the "
                        + "healthcheck at " + check.where() + ", which asks a web server, so it is never healthy",
                        "Give it a healthcheck of its own, or healthcheck: {disable: true}"));
    }

    private Optional<Finding> problem(Recognised service, Healthcheck check) {
        if (check.test().isEmpty()) {
            return service.role().isStateful()
                    ? Optional.of(finding(service, check.where(), "The healthcheck of " + service.name()
                            + " has no test, so nothing is checked unless the image brings one",
                            "Add test: with a command that asks the service"))
                    : Optional.empty();
        }
        var where = service.service().node("healthcheck", "test").map(Node::where).orElse(check.where());
        var command = check.command();
        if (ALWAYS.matcher(command).matches() && !command.contains("exit 1")) {
            return Optional.of(finding(service, where, "The healthcheck of " + service.name() + " always succeeds: "
                    + command, "Run a command that fails when the service does"));
        }
        if (TESTS_CONFIG.matcher(command).matches()) {
            return Optional.of(finding(service, where, "The healthcheck of " + service.name() + " only tests its "
                    + "configuration: " + command, "Ask the server itself: curl -f for HTTP, cgi-fcgi for PHP-FPM"));
        }
        return ping(service, command, where);
    }

    private Optional<Finding> ping(Recognised service, String command, Location where) {
        var match = PING.matcher(command);
        if (!service.is("redis") || !match.find() || command.contains("|") || command.contains("=")
                || !Redis.hasPassword(service)) {
            return Optional.empty();
        }
        var options = match.group("options") + " ";
        if (options.contains(" -a ") || options.contains("--pass") || options.contains(" -e ")
                || service.clues().has("REDISCLI_AUTH") || service.clues().has("VALKEYCLI_AUTH")) {
            return Optional.empty();
        }
        return Optional.of(finding(service, where, "redis-cli ping without the password prints NOAUTH and exits with "
                + "0, so " + service.name() + " is always healthy",
                "Set REDISCLI_AUTH to the password and test: redis-cli ping | grep PONG"));
    }

    private static boolean isBlindCurl(String command) {
        var at = command.indexOf("curl ");
        if (at < 0 || at > 0 && Character.isLetterOrDigit(command.charAt(at - 1)) || command.contains("wget")
                || command.replace("||", "").contains("|") || command.contains("%{http_code}")) {
            return false;
        }
        return !CURL_FAILS.matcher(command.substring(at)).find();
    }
}
