package dev.plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.lock.Lock;
import dev.plimsoll.lock.LockReader;
import dev.plimsoll.run.Credentials;
import dev.plimsoll.run.RecordingShell;
import dev.plimsoll.run.RenderedStack;
import dev.plimsoll.run.docker.DockerUp;
import dev.plimsoll.source.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpCommandTest {
    private static final String COMPOSE = """
            services:
              db:
                image: postgres:17
                container_name: shop-db
                profiles: [full]
                environment: {POSTGRES_PASSWORD: s3cret}
                ports: ["5432:5432"]
                volumes: ["./pgdata:/var/lib/postgresql/data"]
              api: {image: example/web:1}
            """;

    @TempDir
    private Path directory = Path.of("");

    @BeforeEach
    void writeProject() throws IOException {
        Files.writeString(directory.resolve("compose.yml"), COMPOSE);
    }

    private RenderedStack rendered(Object... options) throws IOException {
        var words = new Object[options.length + 2];
        words[0] = "render";
        words[1] = directory;
        System.arraycopy(options, 0, words, 2, options.length);
        assertThat(Run.of(words).code()).isZero();
        var lock = directory.resolve("plimsoll").resolve(Lock.FILE_NAME);
        return new RenderedStack(directory.resolve("plimsoll"), LockReader.read(lock.toString(), Files.readString(
                lock)));
    }

    private static DockerUp.Script script(RenderedStack stack) {
        return new DockerUp(stack, StackOptions.inventory(stack, Map.of()), new Credentials(Map.of()), Map.of())
                .script(new RecordingShell().answering("docker compose version", "2.26.1"));
    }

    @Test
    void keepsServicesOfAProfileApartFromTheUsersOwn() throws IOException {
        var script = script(rendered("--profile", "full"));
        assertThat(script.override()).contains("container_name: !reset", "host_ip: \"127.0.0.1\"",
                "source: plimsoll-db-0").doesNotContain("./pgdata");
        assertThat(script.commands().getFirst().toString()).contains(" --profile full ").endsWith(" up -d "
                + "--remove-orphans db api");
    }

    @Test
    void doesNotStartWhatItCannotKeepApart() throws IOException {
        Files.writeString(directory.resolve("compose.yml"), COMPOSE.replace("profiles: [full]", "profiles: []"));
        var stack = rendered();
        Files.writeString(directory.resolve("compose.yml"), COMPOSE);
        assertThatThrownBy(() -> script(stack)).isInstanceOf(InputException.class)
                .hasMessageContaining("the service db was rendered").hasMessageContaining("do not start it");
    }
}
