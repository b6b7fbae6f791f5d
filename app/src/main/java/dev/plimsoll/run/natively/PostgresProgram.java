package dev.plimsoll.run.natively;

import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.lock.LockedService;
import dev.plimsoll.observe.Question.Answer;
import dev.plimsoll.run.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Postgres with the rendered configuration.
final class PostgresProgram implements NativeProgram {
    static final String OWN_SCRIPT = "10-plimsoll.sql";
    private static final int USUAL_PORT = 5432;
    /// A configuration of one major read by another one may hold this many lines it does not know.
    private static final int MOST_UNKNOWN = 50;
    private static final Pattern UNKNOWN = Pattern.compile("unrecognized configuration parameter \"([^\"]+)\" in file "
            + "\"[^\"]+\" line (\\d+)");
    private static final Pattern REFUSED = Pattern.compile("invalid value for parameter \"([^\"]+)\": \"([^\"]*)\"");
    private static final Pattern PRELOADED = Pattern
            .compile("(?m)^\\s*shared_preload_libraries\\s*=?\\s*(?:'([^'\n]*)'|([\\w.]+))");
    private static final Pattern MAJOR = Pattern.compile("[^:]+:(?:pg)?(\\d{2})\\b.*");
    private static final String LOOPBACK_ONLY = """
            # The server listens on the loopback interface only.
            host all all 127.0.0.0/8 scram-sha-256
            """;

    @Override
    public boolean runs(LockedService service) {
        return service.is("postgres");
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
        return List.of(binaries.postgres(wished(task)).resolve("postgres").toString(), "-D",
                task.home().resolve("data").toString(), "-c", "config_file=" + task.home().resolve("postgresql.conf"),
                "-c", "hba_file=" + task.home().resolve("pg_hba.conf"), "-c", "listen_addresses=" + at.host(), "-c",
                "port=" + at.published(), "-c", "unix_socket_directories=", "-c", "logging_collector=off");
    }

    private static Optional<Integer> wished(NativeTask task) {
        return task.service().image().map(MAJOR::matcher).filter(matcher -> matcher.matches())
                .map(matcher -> Integer.parseInt(matcher.group(1)));
    }

    @Override
    public Launch prepare(NativeTask task) throws IOException {
        var wished = wished(task);
        var bin = Binaries.here(task.shell()).postgres(wished);
        var notes = new ArrayList<String>();
        var major = Binaries.major(bin);
        if (wished.filter(other -> other != major).isPresent()) {
            notes.add(task.service().name() + " is PostgreSQL " + major + " here instead of " + wished.get() + ".");
        }
        task.account().own(task.home());
        var cluster = new PostgresCluster(task, bin, notes);
        var data = cluster.data();
        var environment = cluster.environment();
        cluster.initialize(environment.getOrDefault("POSTGRES_USER", "postgres"));
        var conf = task.home().resolve("postgresql.conf");
        task.account().own(conf, task.rendered("postgresql.conf").orElseGet(() -> task.settings(" = ")));
        var hba = task.home().resolve("pg_hba.conf");
        task.account().own(hba, LOOPBACK_ONLY);
        notes.addAll(dropUnknown(task, bin, data, conf));
        var words = new ArrayList<>(words(task, Binaries.here(task.shell())));
        preloaded(Files.readString(conf), bin, task.service().name(), notes).ifPresent(libraries -> words.addAll(
                List.of("-c", "shared_preload_libraries=" + libraries)));
        var version = task.shell().run(Command.of(bin.resolve("postgres").toString(), "--version"));
        return new Launch(task.service().name(), "PostgreSQL " + version.out().strip().replaceAll("[^0-9]*([0-9.]+).*",
                "$1"), words, "INT", task.at(), environment, notes, Launch.Place.of(
                        task
                                .account()));
    }

    /// Lines that this server refuses are set aside, one by one as it names them.
    private static List<String> dropUnknown(NativeTask task, Path bin, Path data, Path conf) throws IOException {
        var dropped = new ArrayList<String>();
        while (dropped.size() < MOST_UNKNOWN) {
            var check = task.run(List.of(bin.resolve("postgres").toString(), "-D", data.toString(), "-c",
                    "config_file=" + conf, "-C", "max_connections"));
            var lines = new ArrayList<>(Files.readAllLines(conf));
            var refusal = check.succeeded() ? Optional.<Refusal>empty() : Refusal.of(check.err(), lines);
            if (refusal.isEmpty()) {
                break;
            }
            lines.set(refusal.get().at(), "# unknown here: " + lines.get(refusal.get().at()));
            task.account().own(conf, String.join("\n", lines) + "\n");
            dropped.add(task.service().name() + " runs without " + refusal.get().why());
        }
        return dropped;
    }

    /// A line that the server does not take.
    ///
    /// @param at its index
    record Refusal(int at, String why) {
        /// Empty when the message names no line, or one that is not there.
        static Optional<Refusal> of(String message, List<String> lines) {
            var unknown = UNKNOWN.matcher(message);
            if (unknown.find()) {
                return Optional.of(new Refusal(Integer.parseInt(unknown.group(2)) - 1, unknown.group(1)
                        + ", which this version of PostgreSQL does not know."));
            }
            var refused = REFUSED.matcher(message);
            if (!refused.find()) {
                return Optional.empty();
            }
            var written = Pattern.compile("\\s*" + Pattern.quote(refused.group(1)) + "\\s*=.*");
            return IntStream.range(0, lines.size()).filter(at -> written.matcher(lines.get(at)).matches()).boxed()
                    .reduce((_, last) -> last).map(at -> new Refusal(at, refused.group(1) + " = " + refused.group(2)
                            + ", which this build of PostgreSQL does not offer."));
        }
    }

    /// The libraries that are there, when some are missing: the server would not start.
    static Optional<String> preloaded(String conf, Path bin, String service, List<String> notes) {
        var setting = PRELOADED.matcher(conf);
        if (!setting.find()) {
            return Optional.empty();
        }
        var wished = Arrays.stream(Optional.ofNullable(setting.group(1)).orElse(setting.group(2)).split(",", -1))
                .map(String::strip)
                .filter(library -> !library.isEmpty()).toList();
        var missing = wished.stream().filter(library -> !isThere(library, bin)).toList();
        missing.forEach(library -> notes.add(service + " runs without " + library + ", which is not installed here."));
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(wished.stream().filter(library -> !missing.contains(library))
                        .collect(Collectors.joining(",")));
    }

    private static boolean isThere(String library, Path bin) {
        return List.of("../lib", "../lib/postgresql").stream()
                .anyMatch(directory -> Files.exists(bin.resolve(directory).resolve(library + ".so")));
    }

    @Override
    public boolean isReady(Launch launch) {
        return new Postgres(launch.at().orElseThrow(), launch.environment()).ask("postgres",
                "SELECT 1") instanceof Answer.Text;
    }

    @Override
    public List<String> complete(NativeTask task, Launch launch) throws IOException {
        var database = launch.environment().getOrDefault("POSTGRES_DB", "postgres");
        new Postgres(launch.at().orElseThrow(), launch.environment()).ask("postgres", "CREATE DATABASE \""
                + database.replace("\"", "\"\"") + "\"");
        var notes = new ArrayList<String>();
        var cluster = new PostgresCluster(task, Path.of("/"), notes);
        var scripts = Files.exists(cluster.fresh()) ? StartScripts.of(task, notes) : StartScripts.NONE;
        // As in the container they run once, whatever comes of it.
        Files.deleteIfExists(cluster.fresh());
        var server = new Postgres(launch.at().orElseThrow(), launch.environment());
        scripts.before(OWN_SCRIPT).run(server, database, task.service().name(), notes);
        runOwn(task, server, database, notes);
        scripts.after(OWN_SCRIPT).run(server, database, task.service().name(), notes);
        return notes;
    }

    private static void runOwn(NativeTask task, Postgres server, String database, List<String> notes)
            throws IOException {
        var script = task.rendered("init/" + OWN_SCRIPT);
        var done = task.home().resolve("initialized");
        if (script.isEmpty() || Files.exists(done)) {
            return;
        }
        var failed = server.run(database, new InitScript(script.get(), task.environment()));
        if (failed.isPresent()) {
            notes.add(task.service().name() + " runs without its init script: " + failed.get());
        } else {
            task.account().own(done, "");
        }
    }
}
