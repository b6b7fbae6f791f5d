package dev.plimsoll.runtime.semantic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NewestTest {
    private final Newest newest = new Newest();

    /// As a process's own changes are confirmed in any order.
    @Test
    void anOlderPositionSaysNothing() {
        newest.begin(new Position("first", 5, 0));
        newest.learn(new Position("first", 7, 1));
        newest.learn(new Position("first", 7, 0));
        assertThat(newest.get()).isEqualTo(new Position("first", 7, 1));
    }

    @Test
    void aPositionOfAnotherRunSaysNothing() {
        newest.begin(new Position("first", 5, 0));
        newest.learn(new Position("second", 7, 0));
        assertThat(newest.get()).isEqualTo(new Position("first", 5, 0));
        newest.begin(new Position("second", 3, 0));
        assertThat(newest.get()).isEqualTo(new Position("second", 3, 0));
    }
}
