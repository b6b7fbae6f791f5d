package dev.plimsoll.kinds;

import dev.plimsoll.kinds.Setting.Origin;
import dev.plimsoll.source.Located;
import dev.plimsoll.source.Location;
import dev.plimsoll.stack.Host;
import dev.plimsoll.stack.Invocation;
import dev.plimsoll.stack.Service;
import dev.plimsoll.stack.ShellWords;
import dev.plimsoll.stack.Stack;
import dev.plimsoll.units.MemoryDialect;
import dev.plimsoll.units.MemorySize;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Redis and the servers that speak its protocol: Valkey, KeyDB, Dragonfly. What it is for (cache or broker) is told
/// apart by who uses it.
public final class Redis implements Kind {
    private static final Pattern NAME = Pattern.compile("redis|valkey|keydb|dragonfly|redis-stack(-server)?|"
            + "eqalpha-keydb|redis-?alpine|valkey-.*|redismod|kvrocks|redis-cluster");
    /// Flags that images put behind the command, where they beat it and a config file: redis-stack's, Valkey's own and
    /// Bitnami's.
    private static final List<String> FLAG_VARIABLES = List.of("REDIS_ARGS", "VALKEY_EXTRA_FLAGS");
    private static final List<String> BITNAMI_FLAG_VARIABLES = List.of("REDIS_EXTRA_FLAGS", "VALKEY_EXTRA_FLAGS");
    private static final Set<String> OVERRIDES = Set.of("/opt/bitnami/redis/mounted-etc/overrides.conf",
            "/opt/bitnami/valkey/mounted-etc/overrides.conf");
    private static final Set<String> REPEATED = Set.of("save", "rename-command", "client-output-buffer-limit",
            "loadmodule", "user", "include");

    @Override
    public String id() {
        return "redis";
    }

    @Override
    public Role role() {
        return Role.CACHE;
    }

    @Override
    public boolean recognises(Clues clues) {
        return !isSentinel(clues) && (isImage(clues) && (OwnServer.runs(clues, "redis-server", "valkey-server",
                "keydb-server", "dragonfly", "kvrocks", "redis-stack-server") || runsConfig(clues))
                || clues.runs("redis-server", "valkey-server", "keydb-server", "dragonfly"));
    }

    static boolean isImage(Clues clues) {
        return clues.imageNameMatches(NAME);
    }

    /// A Sentinel is the same program in another mode: it keeps no data, watches servers and writes to its own config.
    private static boolean isSentinel(Clues clues) {
        return clues.runs("redis-sentinel", "valkey-sentinel")
                || clues.invocations().stream().anyMatch(run -> run.has("--sentinel"));
    }

    /// The image's entrypoint puts the server in front of a config file.
    private static boolean runsConfig(Clues clues) {
        return clues.invocations().stream().anyMatch(run -> run.program().endsWith(".conf"));
    }

    @Override
    public List<Integer> ports() {
        return List.of(6379);
    }

    @Override
    public List<String> dataPaths(Service service) {
        return service.foundation().filter(image -> image.repository().contains("bitnami"))
                .map(image -> List.of("/bitnami/" + (image.name().contains("valkey") ? "valkey" : "redis") + "/data"))
                .orElse(List.of("/data"));
    }

    @Override
    public Settings settings(Stack stack, Clues clues) {
        var settings = new Settings.Builder();
        var where = clues.service().where();
        settings.set("maxmemory", "0", where, Origin.DEFAULT);
        settings.set("maxmemory-policy", "noeviction", where, Origin.DEFAULT);
        settings.set("appendonly", "no", where, Origin.DEFAULT);
        settings.set("save", "3600 1 300 100 60 10000", where, Origin.DEFAULT);
        bitnami(clues.service(), settings);
        environment(clues.service(), settings);
        var run = clues.runOrArguments("redis-server", "valkey-server", "keydb-server", "dragonfly");
        configFile(clues, run).ifPresent(path -> {
            var written = clues.written().get(path.value());
            var file = written == null
                    ? stack.fileAt(clues.service(), path.value())
                    : Optional.of(new Stack.MountedFile(written.where().file(), written.where().line(),
                            Optional.of(written.value()), written.where()));
            if (file.isPresent() && file.get().text().isEmpty()) {
                settings.missing(file.get().path(), file.get().mount());
            } else if (file.isEmpty() && clues.service().built().isPresent()) {
                settings.missing(path.value(), path.where());
            }
            file.map(ConfLines::redis).ifPresent(contents -> {
                add(contents.lines(), settings);
                settings.unread(contents.unread());
            });
        });
        run.ifPresent(found -> add(flags(found), settings));
        flagVariables(clues.service()).forEach(name -> clues.service().variable(name).ifPresent(flags -> add(flags(
                flags), settings)));
        return settings.build();
    }

    private static void add(List<ConfLines.Line> lines, Settings.Builder settings) {
        var saves = new ArrayList<ConfLines.Line>();
        for (var line : lines) {
            if (line.name().equals("save")) {
                saves.add(line);
            } else if (!REPEATED.contains(line.name())) {
                settings.set(new Setting(line.name(), line.words(), line.where(), origin(line)));
            } else {
                settings.set(new Setting(line.name() + " " + line.value().split(" ")[0], line.words(), line.where(),
                        origin(line)));
            }
        }
        if (!saves.isEmpty()) {
            var last = saves.getLast();
            var all = last.value().isEmpty()
                    ? ""
                    : String.join(" ", saves.stream().map(ConfLines.Line::value).filter(v -> !v.isEmpty()).toList());
            settings.set(new Setting("save", List.of(all.strip().split(" +")), last.where(), origin(last)));
        }
    }

    /// The image appends to a log unless told not to, by variables of its own.
    private static void bitnami(Service service, Settings.Builder settings) {
        if (!isBitnami(service)) {
            return;
        }
        settings.set("appendonly", "yes", service.where(), Origin.DEFAULT);
        Stream.of("REDIS_AOF_ENABLED", "VALKEY_AOF_ENABLED").flatMap(name -> service.variable(name).stream())
                .forEach(value -> settings.set("appendonly", value.value().toLowerCase(Locale.ROOT), value.where(),
                        Origin.ENVIRONMENT));
    }

    /// Variables of this image whose flags beat everything else.
    public static List<String> flagVariables(Service service) {
        return isBitnami(service) ? BITNAMI_FLAG_VARIABLES : FLAG_VARIABLES;
    }

    private static boolean isBitnami(Service service) {
        return service.foundation().filter(image -> image.repository().contains("bitnami")).isPresent();
    }

    private static Origin origin(ConfLines.Line line) {
        return line.section().equals("flags") ? Origin.FLAG : Origin.FILE;
    }

    private static void environment(Service service, Settings.Builder settings) {
        service.variable("REDIS_PASSWORD").or(() -> service.variable("VALKEY_PASSWORD"))
                .filter(password -> isBitnami(service))
                .ifPresent(password -> settings.set("requirepass", password.value(), password.where(),
                        Origin.ENVIRONMENT));
    }

    /// Options in a variable.
    private static List<ConfLines.Line> flags(Located<String> variable) {
        var words = ShellWords.split(variable.value()).orElse(List.of()).stream()
                .map(word -> new Located<>(word, variable.where())).toList();
        return flags(new Invocation("redis-server", words, Map.of(), variable.where()));
    }

    /// The config file: the first argument that is no option.
    private static Optional<Located<String>> configFile(Clues clues, Optional<Invocation> run) {
        var named = run.filter(found -> !found.program().isEmpty()).flatMap(found -> found.arguments().stream()
                .findFirst().filter(word -> !word.value().startsWith("-")));
        return named.or(() -> runsConfig(clues) ? bare(clues.service()) : Optional.empty())
                .or(() -> clues.service().mounts().stream().filter(mount -> OVERRIDES.contains(mount.target()))
                        .findFirst().map(mount -> new Located<>(mount.target(), mount.where())));
    }

    /// The command's first word, which the image's entrypoint passes to the server.
    private static Optional<Located<String>> bare(Service service) {
        return service.start().stream().findFirst().filter(word -> word.value().endsWith(
                ".conf"));
    }

    /// A flag and its values in one word, as lists of a command may have them: the server joins all words to a text
    /// that it reads like its config file.
    private static Stream<Located<String>> parted(Located<String> word) {
        return word.value().startsWith("--") && word.value().contains(" ")
                ? ShellWords.split(word.value()).orElse(List.of(word.value())).stream().map(part -> new Located<>(part,
                        word.where()))
                : Stream.of(word);
    }

    /// `--name value value` as config lines, in order.
    private static List<ConfLines.Line> flags(Invocation run) {
        var lines = new ArrayList<ConfLines.Line>();
        var words = run.arguments().stream().flatMap(Redis::parted).toList();
        var at = 0;
        while (at < words.size()) {
            if (!words.get(at).value().startsWith("--")) {
                at++;
                continue;
            }
            var name = words.get(at);
            var equals = name.value().indexOf('=');
            var values = new ArrayList<String>();
            if (equals > 0) {
                values.add(name.value().substring(equals + 1));
            }
            for (at++; at < words.size() && !words.get(at).value().startsWith("--"); at++) {
                values.add(words.get(at).value());
            }
            var key = name.value().substring(2, equals > 0 ? equals : name.value().length()).toLowerCase(Locale.ROOT);
            lines.add(new ConfLines.Line("flags", key.replace('_', '-'), values.isEmpty()
                    ? List.of("")
                    : values, name.where()));
        }
        return lines;
    }

    /// Bytes of data allowed; zero when unbounded. Dragonfly's flag and Redis' directive have the same name.
    public static MemorySize maxMemory(Recognised service) {
        return service.settings().size("maxmemory", MemoryDialect.REDIS).orElse(MemorySize.ZERO);
    }

    public static boolean usesAof(Recognised service) {
        return service.settings().value("appendonly").filter(value -> value.equalsIgnoreCase("yes")).isPresent();
    }

    /// Whether snapshots are taken; the built-in default takes them.
    public static boolean usesSnapshots(Recognised service) {
        return service.settings().value("save").filter(value -> !value.isBlank() && !value.equals("\"\"")
                && !value.equals("''")).isPresent();
    }

    public static boolean forks(Recognised service) {
        return usesAof(service) || usesSnapshots(service);
    }

    /// Whether data make room for others at maxmemory.
    public static boolean evicts(Recognised service) {
        return service.settings().value("maxmemory-policy").filter(policy -> !policy.equalsIgnoreCase("noeviction"))
                .isPresent();
    }

    /// Whether neither its settings nor its users nor a hint tell if its data may be lost.
    public static boolean isUndecided(Recognised service) {
        return new RedisUse(service).isUndecided();
    }

    public static boolean hasPassword(Recognised service) {
        var settings = service.settings();
        return settings.value("requirepass").filter(value -> !value.isBlank()).isPresent()
                || settings.get("aclfile").isPresent() || settings.effective().keySet().stream()
                        .anyMatch(name -> name.startsWith("user "));
    }

    static Location where(Recognised service) {
        return service.settings().get("maxmemory").map(Setting::where).orElse(service.service().where());
    }

    @Override
    public List<String> heeds() {
        return List.of("dataset", "role");
    }

    @Override
    public Demand demand(Recognised service, Host host) {
        return RedisMemory.demand(maxMemory(service), evicts(service), forks(service),
                service.hints().dataset().map(Located::value), service.calibrated());
    }

    @Override
    public Sizing sizing(Recognised service, Host host) {
        return new RedisSizing(service);
    }
}
