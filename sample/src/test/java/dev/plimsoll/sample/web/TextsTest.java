package dev.plimsoll.sample.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextsTest {
    @Test
    void lengthsAreInCharacters() {
        assertThat(Texts.text("🦉".repeat(40), 40)).hasSize(80);
        assertThatThrownBy(() -> Texts.text("🦉".repeat(41), 40)).isInstanceOf(Refusal.class).hasMessageContaining(
                "1 to 40 characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a/b", "*", "a\0b",
            "a source whose name has more characters than the sixty it may have"})
    void aSourceIsShortAndCanBePartOfAPath(String name) {
        assertThatThrownBy(() -> Texts.source(name)).isInstanceOf(Refusal.class);
    }
}
