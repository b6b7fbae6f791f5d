package dev.plimsoll.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.compose.ComposeLoader;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.render.OwnProject.Wanted;
import dev.plimsoll.source.ProjectFiles;
import dev.plimsoll.stack.Host;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OwnProjectTest {
    private static Inventory inventory(String compose) {
        var files = new ProjectFiles() {
            @Override
            public Optional<String> read(String path) {
                return path.equals("compose.yml") ? Optional.of(compose) : Optional.empty();
            }

            @Override
            public Type typeOf(String path) {
                return path.endsWith(".yml") || path.endsWith(".conf") ? Type.FILE : Type.DIRECTORY;
            }

            @Override
            public List<String> list(String directory) {
                return List.of();
            }
        };
        return Inventory.of(ComposeLoader.load(files, ComposeLoader.Request.of("compose.yml")), Host.TYPICAL);
    }

    private static OwnProject.Apart apart(String compose, Map<Wanted, Integer> ports) {
        return OwnProject.of(inventory(compose), ports, "/srv/plimsoll");
    }

    @Test
    void publishedPortsMoveToFreeOnesOfTheLoopbackInterface() {
        var compose = "services: {web: {image: a, ports: ['80:8080', '53:53/udp']}}";
        var web = new Wanted("web", 8080, "tcp");
        var names = new Wanted("web", 53, "udp");
        assertThat(OwnProject.wanted(inventory(compose))).containsExactly(web, names);
        assertThat(apart(compose, Map.of(web, 40000, names, 40001)).yaml()).contains("ports: !override",
                "- {target: 8080, host_ip: \"127.0.0.1\", published: \"40000\", protocol: tcp}",
                "- {target: 53, host_ip: \"127.0.0.1\", published: \"40001\", protocol: udp}");
    }

    @Test
    void severalContainersOfAServiceGetPortsFromTheEngine() {
        var compose = "services: {web: {image: a, scale: 2, ports: ['80-81:8080']}}";
        assertThat(OwnProject.wanted(inventory(compose))).isEmpty();
        assertThat(apart(compose, Map.of()).yaml()).contains("host_ip").doesNotContain("published");
    }

    @Test
    void fixedContainerNamesAreDropped() {
        assertThat(apart("services: {web: {image: a, container_name: taken}}", Map.of()).yaml())
                .contains("container_name: !reset");
    }

    @Test
    void dataInADirectoryOfTheUsersMovesToAVolume() {
        var apart = apart("services: {db: {image: 'postgres:17', volumes: ['./pg:/var/lib/postgresql/data']}}",
                Map.of());
        assertThat(apart.yaml()).contains("type: volume, source: plimsoll-db-0, target: /var/lib/postgresql/data");
        assertThat(apart.notes()).singleElement().asString().contains("instead of your pg");
    }

    @Test
    void otherDirectoriesAreSeenReadOnly() {
        var apart = apart("services: {web: {image: a, volumes: ['./code:/app', './x.conf:/etc/x.conf']}}", Map.of());
        assertThat(apart.yaml()).contains("source: ./code, target: /app, read_only: true",
                "source: ./x.conf, target: /etc/x.conf, read_only: true");
        assertThat(apart.notes()).containsExactly("web sees your code read-only.");
    }

    @Test
    void theSystemsOwnDirectoriesStayAsTheyAre() {
        assertThat(apart("services: {web: {image: a, volumes: ['/var/run/docker.sock:/var/run/docker.sock']}}",
                Map.of()).yaml()).doesNotContain("docker.sock");
    }

    @Test
    void externalAndNamedVolumesAndNetworksBecomeTheProjectsOwn() {
        var apart = apart("""
                services: {web: {image: a, volumes: ['one:/one', 'two:/two', 'own:/own'], networks: [front, back]}}
                volumes: {one: {external: true}, two: {name: taken}, own: {}}
                networks: {front: {external: true}, back: {}}
                """, Map.of());
        assertThat(apart.yaml()).contains("one: !override {}", "two: !override {}", "front: !override {}")
                .doesNotContain("own: !override", "back:");
        assertThat(apart.notes()).hasSize(3);
    }

    @Test
    void everyContainerSaysWhereItWasStartedFrom() {
        assertThat(apart("services: {web: {image: a}}", Map.of()).yaml())
                .contains("dev.plimsoll.directory: /srv/plimsoll");
    }
}
