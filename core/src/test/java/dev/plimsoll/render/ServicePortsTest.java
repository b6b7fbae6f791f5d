package dev.plimsoll.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ServicePortsTest {
    private static final String CADDY = "caddy: {image: 'caddy:2', ports: ['80:80', '443:443'], depends_on: [it], "
            + "volumes: ['./Caddyfile:/etc/caddy/Caddyfile']}\n";

    private static Renderer.Part of(String services, String... files) {
        return Tasks.production(new ServicePorts(), services, files);
    }

    @Test
    void closesBehindAProxyOnlyWhatTheProxyServes() {
        var gitea = CADDY + "it: {image: 'gitea/gitea:1', ports: ['3000:3000', '2222:22', '3478:3478/udp']}";
        assertThat(Tasks.patch(of(gitea), "it", "ports")).contains(List.of("127.0.0.1:3000:3000", "2222:22",
                "3478:3478/udp"));
        assertThat(Tasks.patch(of(CADDY + "it: {image: 'example/mail:1', ports: ['25:25', '993:993']}"), "it", "ports"))
                .isEmpty();
    }

    @Test
    void goesByThePortsThatTheProxyNames() {
        var part = of(CADDY + "it: {image: 'example/web:1', ports: ['8000:8000', '9999:9999']}", "Caddyfile",
                "example.com {\n  reverse_proxy it:9999\n}\n");
        assertThat(Tasks.patch(part, "it", "ports")).contains(List.of("8000:8000", "127.0.0.1:9999:9999"));
    }

    @Test
    void leavesOtherPortsAsTheyAreWritten() {
        var part = of(CADDY + "it: {image: 'example/web:1', ports: ['3000', '8080:8080', '10.0.0.5:22:22', "
                + "'[fd00::1]:2222:22', '0.0.0.0:2223:22', '24']}");
        assertThat(Tasks.patch(part, "it", "ports")).contains(List.of("127.0.0.1::3000", "127.0.0.1:8080:8080",
                "10.0.0.5:22:22", "[fd00::1]:2222:22", "0.0.0.0:2223:22", "24"));
    }

    @Test
    void saysWhatItCloses() {
        assertThat(of("it: {image: 'postgres:16', ports: ['5432:5432']}").notes()).containsExactly("it: port 5432 "
                + "answers on 127.0.0.1 only, so that other machines no longer reach it; to keep one open, bind it to "
                + "an address of the server in `ports`.");
        assertThat(of(CADDY + "it: {image: 'example/web:1', ports: ['3000:3000', '8080:8080']}").notes())
                .anyMatch(note -> note.startsWith("it: ports 3000, 8080 answer on 127.0.0.1 only"));
        assertThat(of("it: {image: 'postgres:16', ports: ['127.0.0.1:5432:5432']}").notes()).isEmpty();
    }
}
