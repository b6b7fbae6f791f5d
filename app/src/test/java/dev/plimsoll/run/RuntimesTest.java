package dev.plimsoll.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RuntimesTest {
    private static final String OF = "docker ps -aq --no-trunc --filter label=com.docker.compose.project=";

    private final RecordingShell shell = new RecordingShell()
            .answering("docker info", "{\"ServerVersion\": \"28.2.2\", \"CgroupVersion\": \"2\"}")
            .answering(OF, "");

    private Optional<String> running() {
        return Runtimes.running(shell, List.of("shop-plimsoll", "shop"), new Credentials(Map.of()), Map.of())
                .map(StackRuntime::project);
    }

    private void runs(String project) throws IOException {
        try (var text = Objects.requireNonNull(RuntimesTest.class.getResourceAsStream("/docker/inspect.json"))) {
            shell.answering(OF + project + " ", "one\n").answering("docker inspect", new String(text.readAllBytes(),
                    StandardCharsets.UTF_8));
        }
    }

    @Test
    void theCopyIsLookedAtBeforeTheUsersOwn() throws IOException {
        runs("shop");
        assertThat(running()).contains("shop");
        runs("shop-plimsoll");
        assertThat(running()).contains("shop-plimsoll");
    }

    @Test
    void withoutAnEngineItIsSaidThatNothingWasStarted() {
        shell.answering("docker info", new Shell.Result(1, "", "Cannot connect to the Docker daemon"));
        assertThatThrownBy(this::running).isInstanceOf(EnvironmentException.class).hasMessageStartingWith(
                "Nothing runs here that `plimsoll up` started").hasMessageContaining("No Docker Engine answers");
    }

    @Test
    void withoutContainersNothingRuns() {
        assertThat(running()).isEmpty();
    }
}
