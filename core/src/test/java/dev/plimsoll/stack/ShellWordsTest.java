package dev.plimsoll.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShellWordsTest {
    @ParameterizedTest
    @CsvSource(quoteCharacter = '`',
            value = {"a b  c,a|b|c", "` a\tb `,a|b", "'a b' c,a b|c", "\"a b\",a b", "a'b'c,abc",
                    "a\\ b,a b", "\"a\\\"b\",a\"b", "\"a\\nb\",a\\nb", "'a\\'b,a\\b", "a#b #c,a#b|#c",
                    "$HOME ${X},$HOME|${X}",
                    "a=\"b c\",a=b c", "--x='1',--x=1", "a;b&&c,a;b&&c"})
    void wordsAreThoseOfTheShell(String text, String words) {
        assertThat(ShellWords.split(text)).contains(List.of(words.split("\\|")));
    }

    @Test
    void emptyQuotesAreAWord() {
        assertThat(ShellWords.split("redis-server --save '' --x \"\"")).contains(List.of("redis-server", "--save", "",
                "--x", ""));
        assertThat(ShellWords.split("  ")).contains(List.of());
    }

    @Test
    void aBackslashJoinsLines() {
        assertThat(ShellWords.split("a \\\n  b \\\n  c")).contains(List.of("a", "b", "c"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'", "a \"b", "it's"})
    void anOpenQuoteHasNoWords(String text) {
        assertThat(ShellWords.split(text)).isEmpty();
    }
}
