package dev.plimsoll.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class DockerfileFuzzTest {
    @FuzzTest(maxDuration = "1m")
    @DictionaryEntries({"FROM a AS b\\x0A", "FROM b\\x0A", "ARG A=1\\x0A", "ENV A=$B ", "${A:-", "CMD [\\\"x\\\"]\\x0A",
            "ENTRYPOINT ", "COPY --from=a ", "COPY a /b\\x0A", "RUN <<EOF\\x0A", "EOF\\x0A", "# escape=`\\x0A",
            "\\\\\\x0A",
            "HEALTHCHECK --interval=1s CMD ", "WORKDIR /a\\x0A", "SHELL ", "\\x0D\\x0A"})
    void readsWhatItCan(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.UTF_8);
        var context = new BuildContext("app", new BuildContext.Source("app/Dockerfile", 0, text), Map.of("A", "2"));
        Dockerfile.image(context, text, Optional.empty(), List.of()).ifPresent(image -> {
            assertThat(image.copies()).allMatch(copy -> copy.target().startsWith("/"));
            assertThat(image.sources("/b")).allMatch(source -> source.where().line() > 0);
        });
    }
}
