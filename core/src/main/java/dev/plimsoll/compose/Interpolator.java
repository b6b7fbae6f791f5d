package dev.plimsoll.compose;

import dev.plimsoll.source.InputException;
import dev.plimsoll.source.Location;
import dev.plimsoll.yaml.Node;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Puts variables into text as Compose does: `$X`, `${X}`, `${X:-default}`, `${X-default}`, `${X:?error}`,
/// `${X?error}`, `${X:+replacement}`, `${X+replacement}`, nested, and `$$` for a dollar sign. A dollar sign that
/// starts none of these stays.
final class Interpolator {
    private static final int MOST_NESTING = 50;

    private final Map<String, String> variables;
    private final Unresolved unresolved;
    private final IdentityHashMap<Node, Node> done = new IdentityHashMap<>();

    /// Told of variables that are used. Those without a value and a default become empty text.
    interface Unresolved {
        Unresolved IGNORED = new Unresolved() {
            @Override
            public void unset(String name, Location where) {}

            @Override
            public void required(String name, String message, Location where) {}

            @Override
            public void resolved(String name, Optional<String> fallback, Location where) {}
        };

        /// No value and no default.
        void unset(String name, Location where);

        /// `${name:?message}` without a value.
        void required(String name, String message, Location where);

        /// A value, or the text after `:-` that stands in for it.
        void resolved(String name, Optional<String> fallback, Location where);
    }

    Interpolator(Map<String, String> variables, Unresolved unresolved) {
        this.variables = variables;
        this.unresolved = unresolved;
    }

    /// The tree with every value interpolated; keys stay as they are. Shared nodes stay shared.
    Node apply(Node node) {
        var known = done.get(node);
        if (known != null) {
            return known;
        }
        var changed = switch (node) {
            case Node.Scalar scalar -> apply(scalar);
            case Node.Sequence list -> new Node.Sequence(list.items().stream().map(this::apply).toList(), list.where(),
                    list.joining());
            case Node.Mapping mapping -> {
                var entries = new LinkedHashMap<String, Node>();
                mapping.entries().forEach((key, value) -> entries.put(key, apply(value)));
                yield new Node.Mapping(entries, mapping.keys(), mapping.where(), mapping.joining());
            }
        };
        done.put(node, changed);
        return changed;
    }

    private Node.Scalar apply(Node.Scalar scalar) {
        return scalar.text().indexOf('$') < 0 ? scalar : scalar.withText(apply(scalar.text(), scalar.where()));
    }

    /// @throws InputException when a `${` is malformed
    String apply(String text, Location where) {
        return new Template(text, where).expand(0);
    }

    /// One text being expanded.
    private final class Template {
        private final String text;
        private final Location where;

        Template(String text, Location where) {
            this.text = text;
            this.where = where;
        }

        String expand(int depth) {
            if (depth > MOST_NESTING) {
                throw malformed("nests more than " + MOST_NESTING + " variables");
            }
            var out = new StringBuilder();
            var at = 0;
            while (at < text.length()) {
                var c = text.charAt(at);
                if (c != '$' || at + 1 == text.length()) {
                    out.append(c);
                    at++;
                } else if (text.charAt(at + 1) == '$') {
                    out.append('$');
                    at += 2;
                } else if (text.charAt(at + 1) == '{') {
                    var end = closing(at + 2);
                    out.append(braced(text.substring(at + 2, end), depth));
                    at = end + 1;
                } else {
                    var end = nameEnd(text, at + 1);
                    out.append(end == at + 1 ? "$" : plain(text.substring(at + 1, end)));
                    at = end;
                }
            }
            return out.toString();
        }

        private int closing(int from) {
            var open = 1;
            for (var at = from; at < text.length(); at++) {
                if (text.startsWith("${", at)) {
                    open++;
                    at++;
                } else if (text.charAt(at) == '}' && --open == 0) {
                    return at;
                }
            }
            throw malformed("has a `${` without its `}`");
        }

        private String braced(String inner, int depth) {
            var end = nameEnd(inner, 0);
            var name = inner.substring(0, end);
            var rest = inner.substring(end);
            if (name.isEmpty()) {
                throw malformed("has no variable name in `${" + inner + "}`");
            }
            if (rest.isEmpty()) {
                return plain(name);
            }
            var colon = rest.startsWith(":");
            var operator = rest.length() > (colon ? 1 : 0) ? rest.charAt(colon ? 1 : 0) : ' ';
            if ("-?+".indexOf(operator) < 0) {
                throw malformed("has an unknown operator in `${" + inner + "}`");
            }
            var word = rest.substring(colon ? 2 : 1);
            var value = Optional.ofNullable(variables.get(name)).filter(set -> !colon || !set.isEmpty());
            return switch (operator) {
                case '-' -> {
                    unresolved.resolved(name, Optional.of(word), where);
                    yield value.orElseGet(() -> new Template(word, where).expand(depth + 1));
                }
                case '+' -> {
                    unresolved.resolved(name, Optional.of(""), where);
                    yield value.isPresent() ? new Template(word, where).expand(depth + 1) : "";
                }
                default -> {
                    if (value.isEmpty()) {
                        unresolved.required(name, new Template(word, where).expand(depth + 1).strip(), where);
                        yield "";
                    }
                    unresolved.resolved(name, Optional.empty(), where);
                    yield value.get();
                }
            };
        }

        private String plain(String name) {
            var value = variables.get(name);
            if (value == null) {
                unresolved.unset(name, where);
                return "";
            }
            unresolved.resolved(name, Optional.empty(), where);
            return value;
        }

        private InputException malformed(String what) {
            return new InputException(where, "`" + text + "` " + what,
                    "Write `$$` for a dollar sign, or `${NAME}` and `${NAME:-default}` for a variable");
        }
    }

    private static int nameEnd(String text, int from) {
        var at = from;
        while (at < text.length() && isNameCharacter(text.charAt(at), at > from)) {
            at++;
        }
        return at;
    }

    private static boolean isNameCharacter(char c, boolean digitsToo) {
        return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || digitsToo && c >= '0' && c <= '9';
    }
}
