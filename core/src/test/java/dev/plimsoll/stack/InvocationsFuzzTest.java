package dev.plimsoll.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.source.Location;
import dev.plimsoll.yaml.Node;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

class InvocationsFuzzTest {
    private static final Location HERE = Location.ofLine("compose.yml", 1);

    @FuzzTest(maxDuration = "1m")
    @DictionaryEntries({"sh -c ", "exec ", "tini -- ", "A=b ", "<<EOF", "\\x0AEOF\\x0A", "cat > /f ", "'", "\\\"",
            "\\\\", ";",
            "&&", "|", "# ", "python -m ", "gosu a ", "poetry run "})
    void splitsWhatItCan(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.UTF_8);
        ShellWords.split(text).ifPresent(words -> check(words));
        check(List.of("sh", "-ec", text));
    }

    private static void check(List<String> words) {
        var list = new Node.Sequence(words.stream().map(word -> Node.Scalar.string(word, HERE)).toList(), HERE);
        var service = new Service("a", HERE, new Node.Mapping(Map.of("command", list), Map.of("command", HERE), HERE),
                Map.of(), List.of(), List.of(), List.of(), List.of(), Optional.empty());
        var script = Invocations.of(service);
        assertThat(script.invocations().stream().flatMap(run -> Stream.of(run.where())).distinct())
                .isSubsetOf(List.of(HERE));
    }
}
