package dev.plimsoll.dockerfile;

import dev.plimsoll.source.Located;
import dev.plimsoll.source.Location;
import dev.plimsoll.source.Paths;
import dev.plimsoll.stack.BuiltImage;
import dev.plimsoll.stack.Healthcheck;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// A stage while it is read: what its instructions so far have made of the image.
final class Stage {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern FLAG = Pattern.compile("--([a-z-]+)(?:=(\\S*))?(?:\\s+|$)");
    private static final Pattern ASSIGNED = Pattern.compile("([A-Za-z_][A-Za-z0-9_.-]*)=(.*)", Pattern.DOTALL);
    private static final List<String> SHELL = List.of("/bin/sh", "-c");

    private final BuildContext context;
    private final Map<String, String> arguments = new HashMap<>();
    private final Map<String, Located<String>> environment = new LinkedHashMap<>();
    private final List<BuiltImage.Copy> copies = new ArrayList<>();
    private final Optional<Located<String>> base;
    private Optional<String> workingDirectory = Optional.empty();
    private Optional<Healthcheck> healthcheck = Optional.empty();
    private Optional<List<Located<String>>> entrypoint = Optional.empty();
    private Optional<List<Located<String>>> command = Optional.empty();
    private boolean hasOwnCommand;
    private List<String> shell = SHELL;

    /// On an image from elsewhere.
    Stage(BuildContext context, Optional<Located<String>> base) {
        this.context = context;
        this.base = base;
    }

    /// On an earlier stage.
    Stage(BuildContext context, Stage earlier) {
        this(context, earlier.base);
        environment.putAll(earlier.environment);
        copies.addAll(earlier.copies);
        workingDirectory = earlier.workingDirectory;
        healthcheck = earlier.healthcheck;
        entrypoint = earlier.entrypoint;
        command = earlier.command;
        shell = earlier.shell;
    }

    BuiltImage image() {
        return new BuiltImage(base, entrypoint, command, workingDirectory, environment, healthcheck, copies);
    }

    void apply(Instruction instruction) {
        var where = context.where(instruction);
        switch (instruction.keyword()) {
            case "ARG" -> words().split(instruction.arguments()).forEach(this::argument);
            case "ENV" -> environment(instruction.arguments(), where);
            case "WORKDIR" -> workingDirectory = words().expand(instruction.arguments()).map(this::absolute);
            case "SHELL" -> shell = json(instruction.arguments()).orElse(shell);
            case "CMD" -> {
                command = Optional.of(started(instruction.arguments(), where));
                hasOwnCommand = true;
            }
            case "ENTRYPOINT" -> {
                entrypoint = Optional.of(started(instruction.arguments(), where));
                command = hasOwnCommand ? command : Optional.of(List.of());
            }
            case "HEALTHCHECK" -> healthcheck = Optional.of(healthcheck(instruction.arguments(), where));
            case "COPY", "ADD" -> {
                if (!instruction.hasHeredoc()) {
                    copy(instruction.arguments(), where);
                }
            }
            default -> {
            }
        }
    }

    private Words words() {
        return new Words(context.escape(), name -> Optional.ofNullable(environment.get(name)).map(Located::value)
                .or(() -> Optional.ofNullable(arguments.get(name))));
    }

    private void argument(String word) {
        var assigned = ASSIGNED.matcher(word);
        var name = assigned.matches() ? assigned.group(1) : word;
        var given = context.argument(name);
        var value = given.isPresent() || !assigned.matches()
                ? given.or(() -> context.globalArgument(name))
                : words().expand(assigned.group(2));
        value.ifPresentOrElse(known -> arguments.put(name, known), () -> arguments.remove(name));
    }

    private void environment(String text, Location where) {
        var words = words();
        var pairs = words.split(text);
        if (pairs.isEmpty()) {
            return;
        }
        if (!ASSIGNED.matcher(pairs.getFirst()).matches()) {
            // The old form, ENV NAME the rest of the line.
            var name = pairs.getFirst();
            variable(name, words.expand(text.substring(name.length()).strip()), where);
            return;
        }
        // All see the values from before this line.
        var values = new LinkedHashMap<String, Optional<String>>();
        for (var pair : pairs) {
            var assigned = ASSIGNED.matcher(pair);
            if (assigned.matches()) {
                values.put(assigned.group(1), words.expand(assigned.group(2)));
            }
        }
        values.forEach((name, value) -> variable(name, value, where));
    }

    private void variable(String name, Optional<String> value, Location where) {
        value.ifPresentOrElse(known -> environment.put(name, new Located<>(known, where)),
                () -> environment.remove(name));
    }

    private List<Located<String>> started(String text, Location where) {
        return json(text).orElseGet(() -> Stream.concat(shell.stream(), Stream.of(text)).toList()).stream()
                .map(word -> new Located<>(word, where)).toList();
    }

    private Healthcheck healthcheck(String text, Location where) {
        var rest = withoutFlags(text);
        if (rest.equalsIgnoreCase("NONE")) {
            return new Healthcheck(List.of(), true, where);
        }
        var test = rest.replaceFirst("(?i)^CMD\\s+", "");
        return new Healthcheck(json(test).map(words -> Stream.concat(Stream.of("CMD"), words.stream()).toList())
                .orElse(List.of("CMD-SHELL", test)), false, where);
    }

    /// What comes out of the context by name. Other stages, patterns and addresses are passed over.
    private void copy(String text, Location where) {
        var flags = FLAG.matcher(text);
        while (flags.lookingAt()) {
            if (flags.group(1).equals("from")) {
                return;
            }
            flags.region(flags.end(), text.length());
        }
        var rest = withoutFlags(text);
        var words = json(rest).orElseGet(() -> words().split(rest)).stream().map(words()::expand).toList();
        if (words.size() < 2 || words.getLast().isEmpty()) {
            return;
        }
        var target = words.getLast().get();
        var intoDirectory = words.size() > 2 || target.endsWith("/") || target.equals(".");
        words.subList(0, words.size() - 1).stream().flatMap(Optional::stream)
                .filter(source -> !source.contains("://") && source.chars().noneMatch(c -> "*?[".indexOf(c) >= 0))
                .forEach(source -> copies.add(new BuiltImage.Copy(context.file(source), absolute(target),
                        intoDirectory, where)));
    }

    private String absolute(String path) {
        return path.startsWith("/")
                ? Paths.normalized(path)
                : Paths.normalized(workingDirectory.orElse("/") + "/" + path);
    }

    static String withoutFlags(String text) {
        var flags = FLAG.matcher(text);
        var end = 0;
        while (flags.lookingAt()) {
            end = flags.end();
            flags.region(end, text.length());
        }
        return text.substring(end);
    }

    /// The words of the form with brackets.
    private static Optional<List<String>> json(String text) {
        if (!text.startsWith("[")) {
            return Optional.empty();
        }
        try {
            var list = JSON.readTree(text);
            return Optional.of(list.valueStream().toList()).filter(words -> words.stream().allMatch(
                    word -> word.isString())).map(words -> words.stream().map(word -> word.asString()).toList());
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
    }
}
