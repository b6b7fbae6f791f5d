package dev.plimsoll.run.natively;

import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.run.EnvironmentException;
import dev.plimsoll.run.Shell;
import dev.plimsoll.stack.ShellWords;
import dev.plimsoll.store.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The data directory of a Postgres, made as its image makes it.
///
/// @param bin where `initdb` is
/// @param notes gets what differs from the container
record PostgresCluster(NativeTask task, Path bin, List<String> notes) {
    private static final String ARGUMENTS = "POSTGRES_INITDB_ARGS";
    /// Options that say what is in the directory, not where it is or who may enter.
    private static final Pattern SOUND = Pattern.compile("-k|-g|-N|--(?:no-)?data-checksums|--no-locale|--no-sync|"
            + "--allow-group-access|(?:--(?:locale|lc-[a-z]+|locale-provider|icu-locale|icu-rules|builtin-locale|"
            + "encoding|wal-segsize|text-search-config)=|-E|-T).+");
    private static final Pattern ACCESS = Pattern.compile("(?:-A|--auth).*");
    /// Options whose value may stand in the next word.
    private static final Pattern WITH_VALUE = Pattern.compile("-[ETAUX]|--(?:locale|lc-[a-z]+|locale-provider|"
            + "icu-locale|icu-rules|builtin-locale|encoding|wal-segsize|text-search-config|auth|auth-host|auth-local|"
            + "username|waldir)");
    private static final Pattern COMPLAINT = Pattern.compile("(?:.*\\] )?(?:FATAL|PANIC|initdb: error|initdb: fatal):"
            + "\\s+(.+)");

    Path data() {
        return task.home().resolve("data");
    }

    private boolean exists() {
        return Files.exists(data().resolve("PG_VERSION"));
    }

    /// There while scripts that run once are still to run.
    Path fresh() {
        return task.home().resolve("fresh");
    }

    private Path password() {
        return task.home().resolve("superuser");
    }

    /// What its container would know. A password is made up where the stack trusts everybody.
    Map<String, String> environment() throws IOException {
        var environment = new LinkedHashMap<String, String>();
        var user = value("POSTGRES_USER").orElse("postgres");
        environment.put("POSTGRES_USER", user);
        environment.put("POSTGRES_DB", value("POSTGRES_DB").orElse(user));
        var known = exists() && Files.isRegularFile(password())
                ? Files.readString(password())
                : value("POSTGRES_PASSWORD").orElseGet(PostgresCluster::drawn);
        task.account().own(password(), known);
        environment.put("POSTGRES_PASSWORD", known);
        return environment;
    }

    /// A variable, or what the file says that `_FILE` behind its name names.
    private Optional<String> value(String name) {
        var environment = task.environment();
        var text = Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
        var file = Optional.ofNullable(environment.get(name + "_FILE")).filter(path -> !path.isEmpty());
        if (text.isPresent() || file.isEmpty()) {
            return text;
        }
        var stack = task.inventory().stack();
        var read = task.inventory().named(task.service().name()).map(Recognised::service)
                .flatMap(service -> stack.fileAt(service, file.get())).flatMap(found -> found.text())
                .map(found -> found.replaceFirst("[\r\n]+$", "")).filter(value -> !value.isEmpty());
        if (read.isEmpty()) {
            notes.add(task.service().name() + " runs without " + name + "_FILE: " + file.get()
                    + " cannot be read here.");
        }
        return read;
    }

    private static String drawn() {
        var bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /// Made beside its place, so that what is there is whole.
    void initialize(String user) throws IOException {
        if (exists()) {
            return;
        }
        var unfinished = task.home().resolve("data.new");
        Trees.delete(unfinished);
        Trees.delete(data());
        var arguments = arguments();
        var made = initdb(unfinished, user, arguments);
        if (!made.succeeded() && !arguments.isEmpty()) {
            var why = complaint(made);
            Trees.delete(unfinished);
            made = initdb(unfinished, user, List.of());
            if (made.succeeded()) {
                notes.add(task.service().name() + " is made without its " + ARGUMENTS + ": " + why);
            }
        }
        if (!made.succeeded()) {
            throw new EnvironmentException("initdb of " + task.service().name() + " failed: " + complaint(made),
                    made.code() == Shell.NOT_FOUND
                            ? "Install the package util-linux"
                            : "Look into " + task.home());
        }
        task.account().own(fresh(), "");
        Files.move(unfinished, data(), StandardCopyOption.ATOMIC_MOVE);
    }

    private Shell.Result initdb(Path directory, String user, List<String> arguments) {
        var words = new ArrayList<>(List.of(bin.resolve("initdb").toString(), "-D", directory.toString(), "-U", user,
                "-A", "scram-sha-256", "--encoding=UTF8", "--locale=C", "--pwfile=" + password(),
                "--no-instructions"));
        words.addAll(arguments);
        return task.run(words);
    }

    /// The first thing that went wrong; what follows is about cleaning up.
    static String complaint(Shell.Result failed) {
        return failed.err().lines().map(COMPLAINT::matcher).filter(line -> line.matches()).map(line -> line.group(1))
                .findFirst().orElseGet(failed::reason);
    }

    private List<String> arguments() {
        var all = options(value(ARGUMENTS).orElse(""));
        var unsound = all.stream().filter(option -> !SOUND.matcher(option).matches()).filter(option -> !ACCESS.matcher(
                option).matches()).collect(Collectors.joining(" "));
        if (!unsound.isEmpty()) {
            notes.add(task.service().name() + " is made without `" + unsound + "` of its " + ARGUMENTS + ".");
        }
        return all.stream().filter(option -> SOUND.matcher(option).matches()).toList();
    }

    /// One word for each option with its value.
    static List<String> options(String arguments) {
        var options = new ArrayList<String>();
        var words = ShellWords.split(arguments).orElse(List.of());
        for (var at = 0; at < words.size(); at++) {
            var word = words.get(at);
            var takesNext = WITH_VALUE.matcher(word).matches() && at + 1 < words.size();
            options.add(takesNext ? word + (word.startsWith("--") ? "=" : "") + words.get(++at) : word);
        }
        return options;
    }
}
