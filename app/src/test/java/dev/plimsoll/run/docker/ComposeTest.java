package dev.plimsoll.run.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.run.EnvironmentException;
import dev.plimsoll.run.RecordingShell;
import dev.plimsoll.run.Shell;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComposeTest {
    @Test
    void thePluginComesBeforeTheProgram() {
        var shell = new RecordingShell().answering("docker compose version", "2.26.1-4\n")
                .answering("docker-compose version", "2.40.3\n");
        assertThat(Compose.find(shell, Map.of())).contains(new Compose(List.of("docker", "compose"), "2.26.1-4"));
    }

    @Test
    void theVariableNamesAProgram() {
        var shell = new RecordingShell().answering("/opt/compose version", "v2.30.0\n")
                .answering("docker compose version", "2.26.1\n");
        assertThat(Compose.find(shell, Map.of("PLIMSOLL_DOCKER_COMPOSE", "/opt/compose")))
                .contains(new Compose(List.of("/opt/compose"), "2.30.0"));
    }

    @Test
    void aRecentProgramComesBeforeAnOldPlugin() {
        var shell = new RecordingShell().answering("docker compose version", "2.20.0\n")
                .answering("docker-compose version", "2.24.4\n");
        assertThat(Compose.required(shell, Map.of()).words()).containsExactly("docker-compose");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.24.3", "1.29.2", "2.9.0", "v2.23"})
    void anOldOneIsRefusedWithTheReason(String version) {
        var shell = new RecordingShell().answering("docker compose version", version + "\n");
        assertThatThrownBy(() -> Compose.required(shell, Map.of())).isInstanceOf(EnvironmentException.class)
                .hasMessageContaining("too old").hasMessageContaining("2.24.4").hasMessageContaining("!override");
    }

    @Test
    void noneAtAllIsSaidWithTheRemedy() {
        assertThatThrownBy(() -> Compose.required(new RecordingShell(), Map.of()))
                .isInstanceOf(EnvironmentException.class).hasMessageContaining("docker-compose-plugin");
    }

    @Test
    void anEngineThatDoesNotAnswerIsSaidWithItsReason() {
        var shell = new RecordingShell().answering("docker info", new Shell.Result(1, "",
                "Cannot connect to the Docker daemon at unix:///var/run/docker.sock."));
        assertThatThrownBy(() -> Engine.required(shell)).isInstanceOf(EnvironmentException.class)
                .hasMessageContaining("Cannot connect").hasMessageContaining("--native");
        assertThat(Engine.find(shell)).isEmpty();
    }

    @Test
    void aClientThatEndsWellWithoutAnEngineIsNoEngine() {
        var shell = new RecordingShell().answering("docker info", "{\"ServerErrors\": [\"no daemon\"]}\n");
        assertThat(Engine.find(shell)).isEmpty();
    }

    @Test
    void aClientThatIsMissingIsNamed() {
        assertThatThrownBy(() -> Engine.required(new RecordingShell())).isInstanceOf(EnvironmentException.class)
                .hasMessageContaining("`docker` is not on this machine");
    }
}
