package dev.plimsoll.run.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.run.RecordingShell;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DockerStackTest {
    private static final Compose COMPOSE = new Compose(List.of("docker", "compose"), "2.26.1");

    @Test
    void downLooksForLeftoversOfTheProjectOnly() {
        var shell = new RecordingShell().answering("docker compose", "").answering("docker container ls", "")
                .answering("docker network ls", "").answering("docker volume ls", "");
        assertThat(DockerStack.takeDown(shell, Optional.of(COMPOSE), "little-plimsoll", false)).isEmpty();
        var label = "--filter label=com.docker.compose.project=little-plimsoll";
        assertThat(shell.lines()).containsExactly(
                "docker compose -p little-plimsoll down --remove-orphans --volumes",
                "docker container ls -q " + label + " -a", "docker network ls -q " + label,
                "docker volume ls -q " + label);
    }

    @Test
    void keptDataIsNotEvenListed() {
        var shell = new RecordingShell().answering("docker", "");
        DockerStack.takeDown(shell, Optional.of(COMPOSE), "little-plimsoll", true);
        assertThat(shell.lines()).noneMatch(line -> line.contains("volume"));
    }

    @Test
    void dataIsThereUnlessTheEngineSaysThatItIsNot() {
        assertThat(DockerStack.mayHaveData(new RecordingShell().answering("docker volume ls", ""), "little-plimsoll"))
                .isFalse();
        assertThat(DockerStack.mayHaveData(new RecordingShell().answering("docker volume ls", "little-plimsoll_db\n"),
                "little-plimsoll")).isTrue();
        assertThat(DockerStack.mayHaveData(new RecordingShell(), "little-plimsoll")).isTrue();
    }

    @Test
    void whatComposeLeavesIsRemovedAndWhatStaysIsNamed() {
        var shell = new RecordingShell().answering("docker container ls", "abc\n").answering("docker container rm", "")
                .answering("docker network ls", "").answering("docker volume ls", "");
        assertThat(DockerStack.takeDown(shell, Optional.empty(), "little-plimsoll", false))
                .containsExactly("container abc");
        assertThat(shell.lines()).contains("docker container rm -f -v abc");
    }
}
