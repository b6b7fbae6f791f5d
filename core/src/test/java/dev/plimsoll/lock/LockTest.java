package dev.plimsoll.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.kinds.Role;
import dev.plimsoll.source.InputException;
import dev.plimsoll.stack.Host;
import dev.plimsoll.units.MemorySize;
import dev.plimsoll.units.Millicores;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LockTest {
    private static final Lock LOCK = new Lock("shop", List.of("../compose.yml"), List.of("../.env", ".env"),
            List.of("full", "*"), "production", Host.TYPICAL, MemorySize.ofMegabytes(3588),
            List.of(new LockedService("db", "postgres", Role.DATABASE, Optional.of("postgres:16"), 1,
                    MemorySize.ofMegabytes(512), MemorySize.ofBytes(300_000_001),
                    Optional.of(MemorySize.ofMegabytes(500)), new Millicores(750),
                    List.of(new LockedSetting("shared_buffers", "128MB", "25 % of the limit: 512 MB", "manual"))),
                    new LockedService("api", "python-web", Role.APP, Optional.empty(), 2, MemorySize.ofMegabytes(256),
                            MemorySize.ofMegabytes(128), Optional.empty(), Millicores.ofCores(1), List.of())),
            List.of("search"), List.of(new Lock.LockedFile("db/postgresql.conf", "00ff")));

    @Test
    void isReadBackAsWritten() {
        assertThat(LockReader.read("plimsoll.lock.yml", LockWriter.text(LOCK))).isEqualTo(LOCK);
    }

    @Test
    void mayBeOfAVersionThatKnewNoProfiles() {
        var older = LockWriter.text(LOCK).replaceFirst("compose_profiles:\n(?:  - .*\n)+", "");

        assertThat(LockReader.read("plimsoll.lock.yml", older).composeProfiles()).isEmpty();
    }

    @Test
    void countsTheLimitsOfAllContainers() {
        assertThat(LOCK.total()).isEqualTo(MemorySize.ofMegabytes(1024));
    }

    @Test
    void namesTheLineOfWhatIsWrong() {
        var broken = LockWriter.text(LOCK).replace("limit: 512m", "limit: much");

        assertThatThrownBy(() -> LockReader.read("plimsoll.lock.yml", broken)).isInstanceOf(InputException.class)
                .hasMessageMatching("plimsoll\\.lock\\.yml:\\d+:\\d+: the lock has no usable `limit` here\\. Write .*");
    }

    @Test
    void refusesAnotherFormat() {
        assertThatThrownBy(() -> LockReader.read("l", LockWriter.text(LOCK).replace("format: 1", "format: 2")))
                .isInstanceOf(InputException.class).hasMessageContaining("has format 2");
    }
}
