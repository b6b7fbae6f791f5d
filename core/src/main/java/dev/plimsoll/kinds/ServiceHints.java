package dev.plimsoll.kinds;

import dev.plimsoll.source.InputException;
import dev.plimsoll.source.Located;
import dev.plimsoll.source.Problem;
import dev.plimsoll.stack.Service;
import dev.plimsoll.stack.ShellWords;
import dev.plimsoll.units.MemoryDialect;
import dev.plimsoll.units.MemorySize;
import dev.plimsoll.yaml.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What a service's `x-plimsoll` says.
///
/// @param kind overrides recognition
/// @param workers processes or threads that work at once
/// @param workerMemory what one of them needs
/// @param priority how much its share of spare memory counts against others'
/// @param dataset size of the data it keeps
/// @param connections clients at once
/// @param role what a Redis is for
/// @param nativeCommand how it runs as a process where there are no containers; empty when it does not
public record ServiceHints(Optional<Located<String>> kind, Optional<Located<Integer>> workers,
        Optional<Located<MemorySize>> workerMemory, Optional<Priority> priority,
        Optional<Located<MemorySize>> dataset, Optional<Located<Integer>> connections,
        Optional<Located<RedisRole>> role,
        List<String> nativeCommand) {
    public static final ServiceHints NONE = new ServiceHints(Optional.empty(), Optional.empty(), Optional.empty(),
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of());

    /// What every kind has.
    private static final List<String> GENERAL = List.of("kind", "priority", "native");
    private static final MemorySize LEAST = MemorySize.ofMegabytes(1);
    private static final List<String> KEYS = List.of("kind", "workers", "worker_memory", "priority", "dataset",
            "connections", "role", "native");

    public ServiceHints {
        nativeCommand = List.copyOf(nativeCommand);
    }

    /// How much a service's share of spare memory counts.
    public enum Priority {
        LOW, NORMAL, HIGH
    }

    /// What a Redis is for: what may be lost, what may not, and what waits to be worked on.
    public enum RedisRole {
        CACHE, STORE, QUEUE
    }

    /// @throws InputException when a hint is unknown or has a value of the wrong form
    public static ServiceHints of(Service service) {
        var node = service.definition().entries().get("x-plimsoll");
        if (node == null || node.isNull()) {
            return NONE;
        }
        if (!(node instanceof Node.Mapping hints)) {
            throw new InputException(node.where(), "x-plimsoll must be a mapping",
                    "Write keys such as `kind:` below it");
        }
        var problems = new ArrayList<Problem>();
        hints.entries().keySet().stream().filter(key -> !KEYS.contains(key)).forEach(key -> problems.add(new Problem(
                hints.keyLocation(key), "`" + key + "` is no hint", "Use one of " + String.join(", ", KEYS))));
        var parsed = new ServiceHints(text(hints, "kind", problems), count(hints, "workers", problems),
                size(hints, "worker_memory", problems), priority(hints, problems), size(hints, "dataset", problems),
                count(hints, "connections", problems), role(hints, problems), command(hints, problems));
        if (!problems.isEmpty()) {
            throw new InputException(problems);
        }
        return parsed;
    }

    private static Optional<Located<String>> text(Node.Mapping hints, String key, List<Problem> problems) {
        var node = hints.get(key).filter(value -> !value.isNull());
        if (node.isPresent() && node.get().asScalar().isEmpty()) {
            problems.add(new Problem(node.get().where(), "this is no value for " + key, "Write one word or number"));
        }
        return node.flatMap(Node::asScalar).map(Node.Scalar::located);
    }

    private static List<String> command(Node.Mapping hints, List<Problem> problems) {
        var node = hints.get("native").filter(value -> !value.isNull());
        var words = node.flatMap(value -> value.asSequence().map(list -> list.items().stream()
                .flatMap(item -> item.asScalar().stream()).map(Node.Scalar::text).toList())
                .or(() -> value.asScalar().flatMap(scalar -> ShellWords.split(scalar.text()))));
        if (node.isPresent() && words.filter(found -> !found.isEmpty()).isEmpty()) {
            problems.add(new Problem(node.get().where(), "this is no command for native",
                    "Write a program and its arguments, such as `java -jar service.jar`"));
        }
        return words.orElse(List.of());
    }

    private static Optional<Located<Integer>> count(Node.Mapping hints, String key, List<Problem> problems) {
        return text(hints, key, problems).flatMap(text -> {
            var number = Settings.parseInteger(text.value()).filter(value -> value > 0 && value <= 100_000);
            if (number.isEmpty()) {
                problems.add(new Problem(text.where(), "`" + text.value() + "` is no count for " + key,
                        "Write a whole number from 1 to 100000"));
            }
            return number.map(value -> new Located<>(value, text.where()));
        });
    }

    private static Optional<Located<MemorySize>> size(Node.Mapping hints, String key, List<Problem> problems) {
        return text(hints, key, problems).flatMap(text -> {
            // A number without a unit counts bytes in Compose, which nobody means here.
            var size = MemoryDialect.COMPOSE.parse(text.value()).filter(value -> value.isZero() || !LEAST.isLargerThan(
                    value));
            if (size.isEmpty()) {
                problems.add(new Problem(text.where(), "`" + text.value() + "` is no size for " + key,
                        "Write a size with its unit, 1m or more, such as 512m or 2g"));
            }
            return size.map(value -> new Located<>(value, text.where()));
        });
    }

    private static Optional<Priority> priority(Node.Mapping hints, List<Problem> problems) {
        return word(hints, "priority", Priority.values(), "Write low, normal or high", problems);
    }

    private static Optional<Located<RedisRole>> role(Node.Mapping hints, List<Problem> problems) {
        return word(hints, "role", RedisRole.values(), "Write cache, store or queue", problems).map(
                role -> new Located<>(role, hints.keyLocation("role")));
    }

    /// Whether the user says that a Redis is for this.
    public boolean isFor(RedisRole use) {
        return role.filter(said -> said.value() == use).isPresent();
    }

    /// @throws InputException when a hint is for services of another kind
    ServiceHints checkedFor(Kind kind) {
        role.filter(_ -> !kind.id().equals("redis")).ifPresent(said -> {
            throw new InputException(said.where(), "`role` is what a Redis is for, and this service is of the kind `"
                    + kind.id() + "`", "Leave it out, or write `kind: redis` beside it if it is one");
        });
        return this;
    }

    /// Hints that say nothing for a service of its kind, with their places.
    static List<Problem> unheeded(Recognised service) {
        var node = service.service().definition().entries().get("x-plimsoll");
        if (!(node instanceof Node.Mapping hints)) {
            return List.of();
        }
        return hints.entries().keySet().stream().filter(key -> !GENERAL.contains(key) && !service.kind().heeds()
                .contains(key)).map(key -> new Problem(hints.keyLocation(key), "`" + key + "` changes nothing for "
                        + service.name() + ", which is of the kind `" + service.kind().id() + "`",
                        service.kind()
                                .heeds().isEmpty()
                                        ? "Leave it out, or name another kind with `kind`"
                                        : "Its hints are " + String.join(", ", service.kind().heeds())))
                .toList();
    }

    private static <E extends Enum<E>> Optional<E> word(Node.Mapping hints, String key, E[] known, String remedy,
            List<Problem> problems) {
        return text(hints, key, problems).flatMap(text -> {
            var value = Stream.of(known).filter(each -> each.name().equalsIgnoreCase(text.value())).findFirst();
            if (value.isEmpty()) {
                problems.add(new Problem(text.where(), "`" + text.value() + "` is no " + key, remedy));
            }
            return value;
        });
    }
}
