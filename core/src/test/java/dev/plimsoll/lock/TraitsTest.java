package dev.plimsoll.lock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.compose.ComposeLoader;
import dev.plimsoll.source.ProjectFiles;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// What Compose files ask for, in the engine's words.
class TraitsTest {
    private static Traits of(String body) {
        var stack = ComposeLoader.load(ProjectFiles.of(Map.of("compose.yml", "services:\n  it:\n" + body.indent(4))),
                ComposeLoader.Request.of("compose.yml"));
        return Traits.of(Objects.requireNonNull(stack.services().get("it")));
    }

    @Test
    void optionsAreThoseThatTheFilesSay() {
        assertThat(of("image: a").options()).isEqualTo(Map.of("networks", "connected", "oom_score_adj", "0"));
        assertThat(of("image: a\nnetwork_mode: none").options()).isEqualTo(Map.of("oom_score_adj", "0"));
        assertThat(of("""
                image: a
                command: serve --name "two words" --price $$5
                stop_grace_period: 1m30s
                oom_score_adj: -500
                user: "1000:1000"
                read_only: true
                logging: {driver: json-file, options: {max-size: 10m, max-file: "3"}}
                healthcheck: {test: curl -f localhost}
                network_mode: none
                """).options()).isEqualTo(Map.of("command", "serve --name \"two words\" --price $5",
                "stop_grace_period", "90", "oom_score_adj", "-500", "user", "1000:1000", "read_only", "true", "logging",
                "json-file max-file=3 max-size=10m", "healthcheck", "CMD-SHELL \"curl -f localhost\""));
    }

    @Test
    void grantsAreWordedAsTheEngineShowsThem() {
        assertThat(of("""
                image: a
                privileged: true
                cap_add: [net_admin, CAP_SYS_PTRACE]
                security_opt: ["seccomp:unconfined", "no-new-privileges:true"]
                network_mode: host
                pid: host
                devices: ["/dev/ttyUSB0:/dev/tty0"]
                """).grants()).containsExactly("capability NET_ADMIN", "capability SYS_PTRACE", "device /dev/ttyUSB0",
                "privileged", "security option no-new-privileges=true", "security option seccomp=unconfined",
                "the host's network", "the host's processes");
    }

    /// The engine has the profile's text where the files have its name.
    @Test
    void aProfileIsAProfileByNameAndByText() {
        assertThat(Traits.security("seccomp=./profile.json")).isEqualTo(Traits.security(
                "seccomp={\"defaultAction\":\"SCMP_ACT_ERRNO\"}")).isNotEqualTo(Traits.security("seccomp=unconfined"));
    }

    @Test
    void valuesOfVariablesAreThoseThatAContainerGets() {
        assertThat(of("image: a\nenvironment: {A: 1, B: 'x y', C: $$z}").environment()).isEqualTo(Map.of("A", "1", "B",
                "x y", "C", "$z"));
    }
}
