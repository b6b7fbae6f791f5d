package dev.plimsoll.dockerfile;

import dev.plimsoll.source.Located;
import dev.plimsoll.source.Location;
import dev.plimsoll.source.Paths;
import dev.plimsoll.stack.BuiltImage;
import dev.plimsoll.stack.Healthcheck;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// A stage while it is read: what its instructions so far have made of the image.
final class Stage {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern FLAG = Pattern.compile("--([a-z-]+)(?:=(\\S*))?(?:\\s+|$)");
    private static final Pattern ASSIGNED = Pattern.compile("([A-Za-z_][A-Za-z0-9_.-]*)=(.*)", Pattern.DOTALL);
    private static final Pattern FROM = Pattern.compile("--from\\b");
    /// Arguments that BuildKit itself gives a value, where they are declared.
    private static final Pattern PREDEFINED = Pattern.compile("(?:TARGET|BUILD)(?:PLATFORM|OS|ARCH|VARIANT)");
    private static final int MOST_COPIES = 1000;
    /// Linux' PATH_MAX.
    private static final int LONGEST_PATH = 4096;
    private static final List<String> SHELL = List.of("/bin/sh", "-c");

    private final BuildContext context;
    private final Map<String, String> arguments = new HashMap<>();
    private final Map<String, Located<String>> environment = new LinkedHashMap<>();
    private final Set<String> unknownVariables = new LinkedHashSet<>();
    private final List<BuiltImage.Copy> copies = new ArrayList<>();
    private final List<String> unseen = new ArrayList<>();
    private final Optional<Located<String>> base;
    private Optional<String> workingDirectory = Optional.empty();
    private Optional<Healthcheck> healthcheck = Optional.empty();
    private Optional<List<Located<String>>> entrypoint = Optional.empty();
    private Optional<List<Located<String>>> command = Optional.empty();
    private boolean hasOwnCommand;
    /// Whether the working directory is not known, so that nobody knows where relative targets lie.
    private boolean isLost;
    private List<String> shell = SHELL;

    /// On an image from elsewhere.
    Stage(BuildContext context, Optional<Located<String>> base) {
        this.context = context;
        this.base = base;
    }

    /// On an earlier stage.
    Stage(BuildContext context, Stage earlier) {
        this(context, earlier.base);
        arguments.putAll(earlier.arguments);
        environment.putAll(earlier.environment);
        unknownVariables.addAll(earlier.unknownVariables);
        copies.addAll(earlier.copies);
        unseen.addAll(earlier.unseen);
        workingDirectory = earlier.workingDirectory;
        isLost = earlier.isLost;
        healthcheck = earlier.healthcheck;
        entrypoint = earlier.entrypoint;
        command = earlier.command;
        shell = earlier.shell;
    }

    BuiltImage image(List<String> stages) {
        return new BuiltImage(stages, base, entrypoint, command, workingDirectory, environment, unknownVariables,
                healthcheck,
                copies,
                unseen);
    }

    void apply(Instruction instruction) {
        var where = context.where(instruction);
        switch (instruction.keyword()) {
            case "ARG" -> words().split(instruction.arguments()).forEach(this::argument);
            case "ENV" -> environment(instruction.arguments(), where);
            case "WORKDIR" -> workInto(words().expand(instruction.arguments()));
            case "RUN" -> unseen.add(instruction.arguments() + "\n" + String.join("\n", instruction.heredoc()));
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
            case "COPY", "ADD" -> copy(instruction, where);
            default -> {
            }
        }
    }

    private Words words() {
        return new Words(context.escape(), name -> unknownVariables.contains(name)
                ? Optional.empty()
                : Optional.ofNullable(environment.get(name)).map(Located::value).or(() -> Optional.ofNullable(arguments
                        .get(name))));
    }

    private void argument(String word) {
        var assigned = ASSIGNED.matcher(word);
        var name = assigned.matches() ? assigned.group(1) : word;
        var given = context.argument(name);
        var value = given.isPresent() || !assigned.matches()
                ? given.or(() -> context.globalArgument(name)).or(() -> PREDEFINED.matcher(name).matches()
                        ? Optional.empty()
                        : Optional.of(""))
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
        value.ifPresentOrElse(known -> {
            environment.put(name, new Located<>(known, where));
            unknownVariables.remove(name);
        }, () -> {
            environment.remove(name);
            unknownVariables.add(name);
        });
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

    private void workInto(Optional<String> directory) {
        var absolute = directory.flatMap(this::absolute);
        isLost = absolute.isEmpty();
        workingDirectory = absolute;
    }

    /// What comes out of the context by name has a source; other stages, patterns, addresses and texts have none.
    private void copy(Instruction instruction, Location where) {
        var text = instruction.arguments();
        var rest = withoutFlags(text);
        var words = json(rest).orElseGet(() -> words().split(rest)).stream().map(words()::expand).toList();
        var target = words.size() < 2 ? Optional.<String>empty() : words.getLast();
        var absolute = target.flatMap(this::absolute);
        var sources = words.subList(0, Math.max(0, words.size() - 1));
        var isForeign = !instruction.heredoc().isEmpty() || !sources.stream().allMatch(source -> source.filter(
                Stage::isPlain).isPresent()) || FROM.matcher(text.substring(0, text.length() - rest.length()))
                        .find();
        if (isForeign || absolute.isEmpty()) {
            unseen.add(text);
            add(new BuiltImage.Copy(Optional.empty(), absolute.orElse("/"), false, where));
            return;
        }
        var intoDirectory = words.size() > 2 || target.get().endsWith("/") || target.get().equals(".");
        sources.stream().flatMap(Optional::stream)
                .forEach(source -> add(new BuiltImage.Copy(Optional.of(context.file(source)), absolute.get(),
                        intoDirectory, where)));
    }

    private static boolean isPlain(String source) {
        return !source.contains("://") && source.chars().noneMatch(c -> "*?[".indexOf(c) >= 0);
    }

    private void add(BuiltImage.Copy copy) {
        if (copies.size() < MOST_COPIES) {
            copies.add(copy);
        } else if (copies.size() == MOST_COPIES) {
            // More than people write, and nothing is known any more.
            copies.add(new BuiltImage.Copy(Optional.empty(), "/", false, copy.where()));
        }
    }

    /// Empty where it is relative to what is not known, or longer than a path can be.
    private Optional<String> absolute(String path) {
        if (!path.startsWith("/") && isLost || path.length() > LONGEST_PATH) {
            return Optional.empty();
        }
        return Optional.of(path.startsWith("/")
                ? Paths.normalized(path)
                : Paths.normalized(workingDirectory.orElse("/") + "/" + path))
                .filter(found -> found.length() <= LONGEST_PATH);
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
