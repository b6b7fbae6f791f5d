package dev.plimsoll.yaml;

import dev.plimsoll.source.InputException;
import dev.plimsoll.source.Location;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.AnchorNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;

/// Reads YAML 1.2 into [Node]s: aliases resolved, merge keys applied, duplicate keys refused.
public final class YamlReader {
    /// Characters in one file. The largest Compose file in public use that was looked at has 0.2 million.
    public static final int MOST_CHARACTERS = 4_000_000;
    /// Scalars once every alias is written out, so that nested aliases cannot exhaust memory later. Files with
    /// 57 services and more than 100 aliases stay under 20,000.
    public static final long MOST_EXPANDED_SCALARS = 1_000_000;
    /// Levels of nesting.
    public static final int MOST_DEPTH = 200;

    private static final LoadSettings SETTINGS = LoadSettings.builder().setCodePointLimit(MOST_CHARACTERS)
            .setMaxAliasesForCollections(Integer.MAX_VALUE).setAllowDuplicateKeys(true)
            .setAllowNonScalarKeys(true).build();
    private static final ScalarResolver ENGINE_WORDS = SETTINGS.getSchema().getScalarResolver();
    private static final String SHORTER = "Shorten the file or split it with `include`";

    private final String file;
    private final IdentityHashMap<org.snakeyaml.engine.v2.nodes.Node, Node> done = new IdentityHashMap<>();
    private final IdentityHashMap<org.snakeyaml.engine.v2.nodes.Node, Boolean> open = new IdentityHashMap<>();

    private YamlReader(String file) {
        this.file = file;
    }

    /// All documents of a file; an empty document is left out.
    ///
    /// @throws InputException when the text is no YAML, repeats a key, or exceeds a bound
    public static List<Node> readAll(String file, String text) {
        if (text.length() > MOST_CHARACTERS) {
            throw new InputException(Location.ofFile(file), "the file has more than 4 million characters", SHORTER);
        }
        var reader = new YamlReader(file);
        try {
            var documents = new ArrayList<Node>();
            for (var root : new Compose(SETTINGS).composeAllFromString(text)) {
                var node = reader.convert(root, 0);
                if (node.expandedSize() > MOST_EXPANDED_SCALARS) {
                    throw new InputException(node.where(), "the file grows to more than 1 million values when its "
                            + "aliases are written out", "Remove the nested aliases");
                }
                documents.add(node);
            }
            return documents;
        } catch (MarkedYamlEngineException bad) {
            throw new InputException(reader.at(bad.getProblemMark()), "this is not valid YAML: " + oneLine(bad),
                    "Correct the syntax at this place");
        } catch (YamlEngineException bad) {
            throw new InputException(Location.ofFile(file), "this is not valid YAML: " + oneLine(bad),
                    "Correct the syntax");
        } catch (IllegalArgumentException badTag) {
            throw new InputException(Location.ofFile(file), "this is not valid YAML: " + badTag.getMessage(),
                    "Correct the syntax");
        } catch (StackOverflowError tooDeep) {
            throw new InputException(Location.ofFile(file), "the file is nested too deeply", SHORTER);
        }
    }

    /// The first document, or empty for a file without any.
    public static Optional<Node> read(String file, String text) {
        return readAll(file, text).stream().findFirst();
    }

    private Node convert(org.snakeyaml.engine.v2.nodes.Node node, int depth) {
        var target = node instanceof AnchorNode anchor ? anchor.getRealNode() : node;
        var known = done.get(target);
        if (known != null) {
            return known;
        }
        if (depth > MOST_DEPTH) {
            throw new InputException(at(target.getStartMark()), "the file is nested deeper than " + MOST_DEPTH
                    + " levels", SHORTER);
        }
        if (open.put(target, true) != null) {
            throw new InputException(at(target.getStartMark()), "an alias refers to a value that contains it",
                    "Write the value out");
        }
        var converted = switch (target) {
            case ScalarNode scalar -> scalar(scalar);
            case SequenceNode sequence -> new Node.Sequence(
                    sequence.getValue().stream().map(item -> convert(item, depth + 1)).toList(),
                    at(target.getStartMark()), joining(target));
            case MappingNode mapping -> mapping(mapping, depth);
            default -> throw new IllegalStateException("unknown YAML node " + target);
        };
        open.remove(target);
        done.put(target, converted);
        return converted;
    }

    private Node.Scalar scalar(ScalarNode scalar) {
        var where = at(scalar.getStartMark());
        var quoted = scalar.getScalarStyle() != ScalarStyle.PLAIN;
        var type = quoted || isTaggedString(scalar) ? Node.Scalar.Type.STRING : ScalarTypes.of(scalar.getValue());
        return new Node.Scalar(scalar.getValue(), type, where, joining(scalar));
    }

    /// Whether `!!str` stands before the value: the engine itself gives that tag only to text that is no word of YAML.
    private static boolean isTaggedString(ScalarNode scalar) {
        return scalar.getTag().equals(Tag.STR) && !ENGINE_WORDS.resolve(scalar.getValue(), true).equals(Tag.STR);
    }

    private Node.Mapping mapping(MappingNode mapping, int depth) {
        var entries = new LinkedHashMap<String, Node>();
        var keys = new LinkedHashMap<String, Location>();
        var merged = new ArrayList<Node.Mapping>();
        for (NodeTuple tuple : mapping.getValue()) {
            var key = convert(tuple.getKeyNode(), depth + 1);
            if (!(key instanceof Node.Scalar name)) {
                throw new InputException(key.where(), "a key is not a plain word", "Use text as the key");
            }
            var value = convert(tuple.getValueNode(), depth + 1);
            if (name.text().equals("<<") && name.type() == Node.Scalar.Type.STRING) {
                addMerged(value, merged);
                continue;
            }
            if (keys.putIfAbsent(name.text(), name.where()) != null) {
                throw new InputException(name.where(), "the key `" + name.text() + "` is already defined at line "
                        + keys.get(name.text()).line(), "Keep one of the two");
            }
            entries.put(name.text(), value);
        }
        for (var base : merged) {
            base.entries().forEach((key, value) -> {
                if (entries.putIfAbsent(key, value) == null) {
                    keys.put(key, base.keyLocation(key));
                }
            });
        }
        return new Node.Mapping(entries, keys, at(mapping.getStartMark()), joining(mapping));
    }

    private static void addMerged(Node value, List<Node.Mapping> merged) {
        switch (value) {
            case Node.Mapping base -> merged.add(base);
            case Node.Sequence list -> list.items().forEach(item -> addMerged(item, merged));
            case Node.Scalar scalar when scalar.type() == Node.Scalar.Type.NULL -> {
            }
            case Node.Scalar scalar -> throw new InputException(scalar.where(),
                    "`<<` merges mappings, and `" + scalar.text() + "` is none", "Refer to a mapping with `*anchor`");
        }
    }

    private static Node.Joining joining(org.snakeyaml.engine.v2.nodes.Node node) {
        return switch (node.getTag().getValue()) {
            case "!reset" -> Node.Joining.RESET;
            case "!override" -> Node.Joining.REPLACE;
            default -> Node.Joining.MERGE;
        };
    }

    private Location at(Optional<Mark> mark) {
        return mark.map(place -> new Location(file, place.getLine() + 1, place.getColumn() + 1))
                .orElse(Location.ofFile(file));
    }

    private static String oneLine(YamlEngineException bad) {
        var text = bad instanceof MarkedYamlEngineException marked ? marked.getProblem() : bad.getMessage();
        return String.valueOf(text).lines().findFirst().orElse("unreadable");
    }
}
