package dev.plimsoll.compose;

import dev.plimsoll.source.Problem;
import dev.plimsoll.units.MemoryDialect;
import dev.plimsoll.yaml.Node;
import dev.plimsoll.yaml.Node.Scalar;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What a value in a Compose file may look like. Keys that a shape does not know are warnings, because platforms add
/// their own; values of the wrong type are refused, as Compose refuses them.
sealed interface Shape {
    /// In words: `a list`, `text`.
    String words();

    void check(Node node, String path, Verdicts verdicts);

    /// What the checks found.
    record Verdicts(List<Problem> problems, List<Problem> warnings) {
        Verdicts() {
            this(new ArrayList<>(), new ArrayList<>());
        }

        void mustBe(Shape shape, Node node, String path) {
            problems.add(new Problem(node.where(), path + " must be " + shape.words() + ", and " + described(node)
                    + " is not", "Write " + shape.words() + " here"));
        }

        private static String described(Node node) {
            return switch (node) {
                case Node.Mapping _ -> "a mapping";
                case Node.Sequence _ -> "a list";
                case Scalar scalar when scalar.type() == Scalar.Type.NULL -> "an empty value";
                case Scalar scalar when scalar.type() == Scalar.Type.STRING -> "the text `" + scalar.text() + "`";
                case Scalar scalar -> "`" + scalar.text() + "`";
            };
        }
    }

    /// Scalars of certain YAML types, or text that converts to one of them, as Compose casts after interpolation.
    record Simple(String words, List<Scalar.Type> types, Pattern convertible) implements Shape {
        @Override
        public void check(Node node, String path, Verdicts verdicts) {
            if (!(node instanceof Scalar scalar) || !types.contains(scalar.type())
                    && !(scalar.type() == Scalar.Type.STRING && convertible.matcher(scalar.text()).matches())) {
                verdicts.mustBe(this, node, path);
            }
        }
    }

    /// A memory size in Compose's units. `-1` is allowed: it lifts the bound for swap.
    record MemoryText(List<Scalar.Type> types) implements Shape {
        @Override
        public String words() {
            return types.contains(Scalar.Type.INT) ? "a size such as 512m" : "a quoted size such as \"512M\"";
        }

        @Override
        public void check(Node node, String path, Verdicts verdicts) {
            if (!(node instanceof Scalar scalar) || !types.contains(scalar.type())
                    || !scalar.text().strip().equals("-1")
                            && MemoryDialect.COMPOSE.parse(scalar.text().replace("_", "")).isEmpty()) {
                verdicts.mustBe(this, node, path);
            }
        }
    }

    /// One of a few words.
    record Choice(List<String> allowed) implements Shape {
        @Override
        public String words() {
            return "one of " + String.join(", ", allowed);
        }

        @Override
        public void check(Node node, String path, Verdicts verdicts) {
            if (!(node instanceof Scalar scalar && allowed.contains(scalar.text()))) {
                verdicts.mustBe(this, node, path);
            }
        }
    }

    record Items(Shape item) implements Shape {
        @Override
        public String words() {
            return "a list";
        }

        @Override
        public void check(Node node, String path, Verdicts verdicts) {
            if (node instanceof Node.Sequence list) {
                for (var at = 0; at < list.items().size(); at++) {
                    item.check(list.items().get(at), path + "." + at, verdicts);
                }
            } else {
                verdicts.mustBe(this, node, path);
            }
        }
    }

    /// A mapping with free keys.
    record Entries(Pattern keys, Shape value) implements Shape {
        @Override
        public String words() {
            return "a mapping";
        }

        @Override
        public void check(Node node, String path, Verdicts verdicts) {
            if (!(node instanceof Node.Mapping mapping)) {
                verdicts.mustBe(this, node, path);
                return;
            }
            mapping.entries().forEach((key, entry) -> {
                if (key.startsWith("x-")) {
                    return;
                }
                if (!keys.matcher(key).matches()) {
                    verdicts.problems().add(new Problem(mapping.keyLocation(key), path + " has the name `" + key
                            + "`, which Compose does not allow", "Use letters, digits, `_`, `.` and `-` only"));
                } else {
                    value.check(entry, path + "." + key, verdicts);
                }
            });
        }
    }

    /// A mapping with known keys.
    record Keys(Map<String, Shape> shapes) implements Shape {
        @Override
        public String words() {
            return "a mapping";
        }

        @Override
        public void check(Node node, String path, Verdicts verdicts) {
            if (!(node instanceof Node.Mapping mapping)) {
                verdicts.mustBe(this, node, path);
                return;
            }
            mapping.entries().forEach((key, value) -> {
                var shape = shapes.get(key);
                if (shape != null) {
                    if (value.joining() != Node.Joining.RESET) {
                        shape.check(value, path.isEmpty() ? key : path + "." + key, verdicts);
                    }
                } else if (!key.startsWith("x-")) {
                    verdicts.warnings().add(new Problem(mapping.keyLocation(key), "`" + key + "` is no key of the "
                            + "Compose specification" + (path.isEmpty() ? "" : " in " + path),
                            "Correct its spelling, or prefix it with `x-` if another tool reads it"));
                }
            });
        }
    }

    /// Any of several shapes; the last one that fits the node's form gives the message.
    record AnyOf(List<Shape> options) implements Shape {
        @Override
        public String words() {
            return options.stream().map(Shape::words).distinct().collect(Collectors.joining(" or "));
        }

        @Override
        public void check(Node node, String path, Verdicts verdicts) {
            Verdicts closest = null;
            for (var option : options) {
                var trial = new Verdicts();
                option.check(node, path, trial);
                if (trial.problems().isEmpty()) {
                    verdicts.warnings().addAll(trial.warnings());
                    return;
                }
                if (sameForm(option, node)) {
                    closest = trial;
                }
            }
            if (closest == null) {
                verdicts.mustBe(this, node, path);
            } else {
                verdicts.problems().addAll(closest.problems());
            }
        }

        private static boolean sameForm(Shape shape, Node node) {
            return switch (shape) {
                case Items _ -> node instanceof Node.Sequence;
                case Entries _,Keys _ -> node instanceof Node.Mapping;
                default -> false;
            };
        }
    }

    /// Whatever it is.
    record Anything() implements Shape {
        @Override
        public String words() {
            return "anything";
        }

        @Override
        public void check(Node node, String path, Verdicts verdicts) {}
    }

    Pattern NOTHING = Pattern.compile("(?!)");
    Pattern ANY_KEY = Pattern.compile(".*", Pattern.DOTALL);
    Pattern NAME = Pattern.compile("[a-zA-Z0-9._-]+");

    Shape TEXT = new Simple("text", List.of(Scalar.Type.STRING), NOTHING);
    Shape NUMBER = new Simple("a number", List.of(Scalar.Type.INT, Scalar.Type.FLOAT),
            Pattern.compile("[-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?"));
    Shape INTEGER = new Simple("a whole number", List.of(Scalar.Type.INT),
            Pattern.compile("[-+]?(?:\\d+|0[xob][0-9a-fA-F]+)"));
    Shape DURATION = new Simple("a duration such as 30s or 1m30s", List.of(),
            Pattern.compile("[-+]?(?:0|(?:(?:\\d+\\.?\\d*|\\.\\d+)(?:ns|us|µs|μs|ms|s|m|h))+)"));
    Shape FLAG = new Simple("true or false", List.of(Scalar.Type.BOOL),
            Pattern.compile("(?i:true|false|yes|no|on|off|y|n|t|f|1|0)"));
    Shape NOTHING_SET = new Simple("empty", List.of(Scalar.Type.NULL), NOTHING);
    Shape NUMBER_OR_TEXT = anyOf(NUMBER, TEXT);
    Shape WORD = new Simple("text, a number, true, false or empty",
            List.of(Scalar.Type.STRING, Scalar.Type.INT, Scalar.Type.FLOAT, Scalar.Type.BOOL, Scalar.Type.NULL),
            NOTHING);
    Shape ANYTHING = new Anything();
    Shape SIZE = new MemoryText(List.of(Scalar.Type.INT, Scalar.Type.FLOAT, Scalar.Type.STRING));
    Shape QUOTED_SIZE = new MemoryText(List.of(Scalar.Type.STRING));

    static Shape anyOf(Shape... options) {
        return new AnyOf(Arrays.asList(options));
    }

    static Shape listOf(Shape item) {
        return new Items(item);
    }

    static Shape mapOf(Shape value) {
        return new Entries(ANY_KEY, value);
    }

    static Shape named(Shape value) {
        return new Entries(NAME, value);
    }

    static Shape choice(String... allowed) {
        return new Choice(List.of(allowed));
    }

    /// Pairs of key names (several parted by blanks) and the shape they share.
    static Shape keys(Object... pairs) {
        var shapes = new HashMap<String, Shape>();
        for (var at = 0; at < pairs.length; at += 2) {
            for (var key : ((String) pairs[at]).split("\\s+")) {
                shapes.put(key, (Shape) pairs[at + 1]);
            }
        }
        return new Keys(Map.copyOf(shapes));
    }
}
