package dev.plimsoll.prometheus;

import dev.plimsoll.source.InputException;
import dev.plimsoll.source.Location;
import dev.plimsoll.source.Problem;
import dev.plimsoll.yaml.Node;
import dev.plimsoll.yaml.YamlReader;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// A config file as far as it could be read.
public sealed interface Loaded<T> {
    record Read<T>(T content) implements Loaded<T> {}

    /// Something names the file and it is not there.
    record Missing<T>(String path, Location mount) implements Loaded<T> {}

    /// It is no YAML.
    record Broken<T>(List<Problem> problems) implements Loaded<T> {}

    /// It comes with the image or lies in a volume.
    record Unseen<T>() implements Loaded<T> {}

    default Optional<T> value() {
        return this instanceof Read<T>(T content) ? Optional.of(content) : Optional.empty();
    }

    default List<Problem> problems() {
        return this instanceof Broken<T>(List<Problem> problems) ? problems : List.of();
    }

    static <T> Loaded<T> read(ContainerFiles files, String path, Function<Node.Mapping, T> reader) {
        var found = files.at(path);
        if (found.isEmpty()) {
            return new Unseen<>();
        }
        var file = found.get();
        return file.text().<Loaded<T>>map(text -> read(file.path(), text, reader))
                .orElseGet(() -> new Missing<>(file.path(), file.mount()));
    }

    static <T> Loaded<T> read(String path, String text, Function<Node.Mapping, T> reader) {
        try {
            var root = YamlReader.read(path, text).orElseGet(() -> Node.Mapping.empty(Location.ofFile(path)));
            if (root.isNull()) {
                return new Read<>(reader.apply(Node.Mapping.empty(root.where())));
            }
            return root.asMapping().<Loaded<T>>map(mapping -> new Read<>(reader.apply(mapping)))
                    .orElseGet(() -> new Broken<>(List.of(new Problem(root.where(), "this is no mapping",
                            "Write keys and values"))));
        } catch (InputException broken) {
            return new Broken<>(broken.problems());
        }
    }
}
