package dev.plimsoll.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlWriterTest {
    @Test
    void writesBlocksWithCommentsAndTags() {
        var limits = new LinkedHashMap<String, Object>();
        limits.put("memory", new YamlWriter.Commented("25 % of the server\nas planned", "512m"));
        limits.put("pids", 200);
        limits.put("ports", new YamlWriter.Tagged("!override", List.of("127.0.0.1:80:80")));
        limits.put("test", new YamlWriter.Inline(List.of("CMD", "pg_isready", "-U", "a b")));
        limits.put("nothing", List.of());

        assertThat(YamlWriter.document(Map.of("limits", limits, "x", true).entrySet().stream()
                .sorted(Map.Entry.comparingByKey()).collect(LinkedHashMap::new, (map, entry) -> map.put(entry.getKey(),
                        entry.getValue()), LinkedHashMap::putAll)))
                .isEqualTo("""
                        limits:
                          # 25 % of the server
                          # as planned
                          memory: 512m
                          pids: 200
                          ports: !override
                            - "127.0.0.1:80:80"
                          test: [CMD, pg_isready, "-U", "a b"]
                          nothing: []
                        x: true
                        """);
    }

    @Test
    void writesListsOfMappings() {
        var item = new LinkedHashMap<String, Object>();
        item.put("name", "a");
        item.put("deep", List.of(Map.of("b", "c")));

        assertThat(YamlWriter.document(List.of(item, "text"))).isEqualTo("""
                - name: a
                  deep:
                    - b: c
                - text
                """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "No", "on", "null", "~", "1", "1.5", "0x10", "1e3", "12:30:00", "", " a", "a ", "#a",
            "a: b", "a #b", "- a", "{a}", "[a]", "*a", "&a", "!a", "|", ">", "'a'", "\"a\"", "%a", "@a", "a\nb", "\t",
            "2001-01-01", ".inf", "a\u0000b", "ä", "\ud83d\udc18", "=", "<<", "...", "---", "\u2028", "0o7", "+1"})
    void textStaysText(String text) {
        assertThat(readBack(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void anyTreeIsReadBackAsWritten(long seed) {
        var tree = tree(new Random(seed), 4);

        assertThat(plain(YamlReader.read("a", YamlWriter.document(tree)).orElseThrow())).isEqualTo(tree);
    }

    private static String readBack(String text) {
        var root = YamlReader.read("a", YamlWriter.document(Map.of("key", text))).orElseThrow().asMapping()
                .orElseThrow();
        var scalar = root.get("key").flatMap(Node::asScalar).orElseThrow();
        assertThat(scalar.type()).isEqualTo(Node.Scalar.Type.STRING);
        return scalar.text();
    }

    private static Object tree(Random random, int depth) {
        return switch (depth == 0 ? 2 : random.nextInt(3)) {
            case 0 -> {
                var map = new LinkedHashMap<String, Object>();
                for (var at = random.nextInt(4); at > 0; at--) {
                    map.put(text(random) + at, tree(random, depth - 1));
                }
                yield map;
            }
            case 1 -> {
                var list = new ArrayList<Object>();
                for (var at = random.nextInt(4); at > 0; at--) {
                    list.add(tree(random, depth - 1));
                }
                yield list;
            }
            default -> text(random);
        };
    }

    private static String text(Random random) {
        var signs = "ab:#-{}[]*&!|>'\"%@ \n\t,=<.\\0";
        var text = new StringBuilder();
        for (var at = random.nextInt(6); at > 0; at--) {
            text.append(signs.charAt(random.nextInt(signs.length())));
        }
        return text.toString();
    }

    private static Object plain(Node node) {
        return switch (node) {
            case Node.Scalar scalar -> scalar.text();
            case Node.Sequence list -> list.items().stream().map(YamlWriterTest::plain).toList();
            case Node.Mapping map -> {
                var plain = new LinkedHashMap<String, Object>();
                map.entries().forEach((key, value) -> plain.put(key, plain(value)));
                yield plain;
            }
        };
    }
}
