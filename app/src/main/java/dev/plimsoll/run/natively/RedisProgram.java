package dev.plimsoll.run.natively;

import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.lock.LockedService;
import dev.plimsoll.observe.Question.Answer;
import dev.plimsoll.run.Command;
import dev.plimsoll.run.Credentials;
import dev.plimsoll.store.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Redis or Valkey with the rendered configuration.
final class RedisProgram implements NativeProgram {
    private static final int USUAL_PORT = 6379;
    private static final int MOST_UNKNOWN = 30;
    /// A server that accepts its configuration runs on; then it is ended.
    private static final Duration CHECK = Duration.ofMillis(1500);
    private static final Pattern REFUSED = Pattern.compile("at line (\\d+)\\s+>>> '([^']*)'");
    /// Directives that name places in the container, or that the command line sets.
    private static final Pattern PLACES = Pattern.compile("(?i)^\\s*(include|loadmodule|unixsocket|unixsocketperm|"
            + "pidfile|logfile|dir|bind|port|tls-.*|aclfile|daemonize|supervised|protected-mode)\\s.*");

    @Override
    public boolean runs(LockedService service) {
        return service.is("redis", "valkey");
    }

    @Override
    public int target(Recognised known) {
        return known.settings().integer("port").filter(port -> port > 0).orElse(USUAL_PORT);
    }

    @Override
    public boolean takesAddress() {
        return true;
    }

    @Override
    public List<String> words(NativeTask task, Binaries binaries) {
        var at = task.at().orElseThrow();
        return List.of(binaries.redis().toString(), task.home().resolve("redis.conf").toString(), "--bind",
                at.host(), "--port", String.valueOf(at.published()), "--dir", task.home().resolve("data").toString(),
                "--daemonize", "no");
    }

    @Override
    public Launch prepare(NativeTask task) throws IOException {
        var program = Binaries.here(task.shell()).redis();
        task.account().own(task.home());
        task.account().own(task.home().resolve("data"));
        var conf = task.home().resolve("redis.conf");
        var text = task.rendered("redis.conf").orElseGet(() -> task.settings(" "));
        task.account().own(conf, adapted(text, task.rendered("private/auth.conf").orElse("")));
        var words = new ArrayList<>(words(task, Binaries.here(task.shell())));
        var users = task.rendered("private/users.acl");
        if (users.isPresent()) {
            var acl = task.home().resolve("users.acl");
            task.account().own(acl, users.get());
            words.addAll(List.of("--aclfile", acl.toString()));
        }
        var notes = dropUnknown(task, program, conf);
        var version = task.shell().run(Command.of(program.toString(), "--version")).out()
                .replaceAll("(?s).*v=([0-9.]+).*", "$1");
        return new Launch(task.service().name(), (program.getFileName().toString().startsWith("valkey")
                ? "Valkey "
                : "Redis ") + version, words, "TERM", task.at(), environment(task), notes,
                Launch.Place.of(task
                        .account()));
    }

    /// Without what names places in the container.
    ///
    /// @param passwords the file of passwords that it includes there; empty when there is none
    static String adapted(String text, String passwords) {
        return text.lines().map(line -> PLACES.matcher(line).matches()
                ? "# set on the command line, or below: " + line + "\n"
                : line + "\n").collect(Collectors.joining("", "", passwords));
    }

    private static Map<String, String> environment(NativeTask task) {
        var password = task.environment().getOrDefault("REDIS_PASSWORD", "");
        return password.isEmpty() ? Map.of() : Map.of("REDIS_PASSWORD", password);
    }

    /// Directives of another version are set aside, one by one as the server names them.
    private static List<String> dropUnknown(NativeTask task, Path program, Path conf) throws IOException {
        var dropped = new ArrayList<String>();
        var scratch = task.account().own(task.home().resolve("check"));
        while (dropped.size() < MOST_UNKNOWN) {
            var words = new ArrayList<>(task.account().words());
            words.addAll(List.of(program.toString(), conf.toString(), "--port", "0", "--dir", scratch.toString(),
                    "--daemonize", "no", "--save", "", "--appendonly", "no"));
            var check = task.shell().run(Command.of(words).within(CHECK));
            var refused = REFUSED.matcher(check.out() + check.err());
            if (!refused.find()) {
                break;
            }
            var lines = new ArrayList<>(Files.readAllLines(conf));
            var at = Integer.parseInt(refused.group(1)) - 1;
            if (at < 0 || at >= lines.size()) {
                break;
            }
            lines.set(at, "# refused here: " + lines.get(at));
            task.account().own(conf, String.join("\n", lines) + "\n");
            dropped.add(task.service().name() + " runs without `" + refused.group(2)
                    + "`, which this version does not accept.");
        }
        Trees.delete(scratch);
        return dropped;
    }

    /// A refusal for want of a password is an answer too; one while data is loaded is not.
    @Override
    public boolean isReady(Launch launch) {
        return switch (RedisWire.of(launch.at().orElseThrow()).ask(List.of(new Credentials.Login("", "")),
                List.of("PING"))) {
            case Answer.Text text -> text.text().equals("PONG");
            case Answer.None none -> none.why().startsWith("NOAUTH") || none.why().startsWith("NOPERM");
        };
    }

    @Override
    public List<String> complete(NativeTask task, Launch launch) {
        return List.of();
    }
}
