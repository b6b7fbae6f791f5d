package dev.plimsoll.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.run.State.NativeProcess;
import dev.plimsoll.run.State.PublishedPort;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class StateTest {
    private static NativeProcess process(String service, long pid) {
        return new NativeProcess(service, pid, "", "TERM", 0, "sh", List.of(), Map.of());
    }

    @Test
    void aPortOfAnEarlierVersionIsThatOfTheUsualAddress() {
        var read = JsonMapper.shared().readValue("""
                {"service": "db", "target": 5432, "protocol": "tcp", "published": 40001}""", PublishedPort.class);
        assertThat(read).isEqualTo(new PublishedPort("db", 5432, "tcp", 40_001, "127.0.0.1"));
    }

    /// What services share must not end with one of them.
    @Test
    void aPartHasNoneOfWhatIsShared() {
        var state = new State(State.Kind.NATIVE, "shop", List.of(), List.of(), List.of("/c/plimsoll-shop/web",
                "/c/plimsoll-shop/db", "/c/plimsoll-shop"), "/data", new State.Limits(true, ""))
                .with(process("web", 1), Optional.of(new PublishedPort("web", 80, "tcp", 1)))
                .with(process("db", 2), Optional.of(new PublishedPort("db", 5432, "tcp", 2)));
        var part = state.only(Set.of("web"));
        assertThat(part.cgroups()).containsExactly("/c/plimsoll-shop/web");
        assertThat(part.processes()).containsExactly(process("web", 1));
        assertThat(state.afterEndOf(Set.of("web")).cgroups()).containsExactly("/c/plimsoll-shop/db",
                "/c/plimsoll-shop");

        var again = state.with(process("web", 3), Optional.of(new PublishedPort("web", 80, "tcp", 9)));
        assertThat(again.processes()).containsExactly(process("db", 2), process("web", 3));
        assertThat(again.ports()).extracting(PublishedPort::published).containsExactly(2, 9);
    }
}
