package dev.plimsoll.compose;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.source.InputException;
import dev.plimsoll.source.ProjectFiles;
import java.nio.charset.StandardCharsets;
import java.util.Map;

class ComposeLoaderFuzzTest {
    @FuzzTest(maxDuration = "1m")
    @DictionaryEntries({"services:\\x0A", "  a:\\x0A", "    image: a\\x0A", "    build: .\\x0A", "    command: ",
            "    ports:\\x0A",
            "    volumes:\\x0A", "    environment:\\x0A", "    depends_on:\\x0A",
            "    deploy: {resources: {limits: {memory: ",
            "    mem_limit: ", "    env_file: ", "    extends: ", "include: ", "    healthcheck:\\x0A",
            "    networks:\\x0A",
            "    configs:\\x0A", "    secrets:\\x0A", "    x-plimsoll: ", "<<: *a", "&a", "!reset", "!override",
            "${A:-",
            "\\x0A", "- ", "{", "}", "[", "]", "8080-8081:80-81/udp", "./a:/a:ro"})
    void loadsOrRefuses(byte[] text) {
        var compose = new String(text, StandardCharsets.UTF_8);
        try {
            var stack = ComposeLoader.load(ProjectFiles.of(Map.of("compose.yml", compose, "a", compose)),
                    ComposeLoader.Request.of("compose.yml"));
            assertThat(stack.composeFiles()).contains("compose.yml");
        } catch (InputException refused) {
            assertThat(refused.problems()).isNotEmpty();
        }
    }
}
