package dev.plimsoll.run.natively;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RedisProgramTest {
    @Test
    void placesOfTheContainerGoAndThePasswordsThatItIncludesStay() {
        assertThat(RedisProgram.adapted("""
                maxmemory 100mb
                dir /data
                include /etc/plimsoll/auth.conf
                """, "requirepass \"s3cret\"\n").lines().filter(line -> !line.startsWith("#"))).containsExactly(
                "maxmemory 100mb", "requirepass \"s3cret\"");
    }
}
