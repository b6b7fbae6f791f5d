package dev.plimsoll.sample.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChunksTest {
    @Test
    void passagesEndWithASentenceAndLoseNothing() {
        var sentence = "The lamp burns colza oil through the night.";
        var chunks = Chunks.of(Collections.nCopies(100, sentence));
        assertThat(chunks).allMatch(chunk -> chunk.length() <= Chunks.SIZE && chunk.endsWith("."));
        assertThat(String.join(" ", chunks)).isEqualTo(String.join(" ", Collections.nCopies(100, sentence)));
    }

    @Test
    void aSentenceWithoutAnEndIsCut() {
        assertThat(Chunks.of(List.of("x".repeat(5000)))).allMatch(chunk -> chunk.length() <= Chunks.LONGEST_SENTENCE);
    }

    @Test
    void aCutLosesNothing() {
        var numbers = IntStream.range(0, 2_000).mapToObj(String::valueOf).collect(Collectors.joining());
        assertThat(String.join("", Chunks.of(List.of(numbers)))).isEqualTo(numbers);
    }

    /// A half of a sign is none, and a database would not keep it.
    @Test
    void noCutGoesThroughASignOfTwoCharacters() {
        for (var before : List.of("", "x")) {
            var text = before + "\uD83D\uDD6F".repeat(3_000);
            var chunks = Chunks.of(List.of(text));
            assertThat(chunks).allMatch(StandardCharsets.UTF_8.newEncoder()::canEncode);
            assertThat(String.join("", chunks)).isEqualTo(text);
        }
    }

    @Test
    void blankLinesPartParagraphs() throws UnreadableException {
        assertThat(Extraction.paragraphs(Format.TEXT, "One\nline.\n\n  \nTwo.".getBytes(StandardCharsets.UTF_8), 100))
                .containsExactly("One line.", "Two.");
    }

    @Test
    void textThatIsNoneIsRefusedWithAReason() {
        assertThatThrownBy(() -> Extraction.paragraphs(Format.TEXT, new byte[]{(byte) 0xff, 0}, 100)).isInstanceOf(
                UnreadableException.class).hasMessageContaining("UTF-8");
        assertThatThrownBy(() -> Extraction.paragraphs(Format.HTML, "<p> </p>".getBytes(StandardCharsets.UTF_8), 100))
                .hasMessageContaining("no text");
        assertThatThrownBy(() -> Extraction.paragraphs(Format.TEXT, "12345".getBytes(StandardCharsets.UTF_8), 4))
                .hasMessageContaining("5 characters of text, more than 4");
    }
}
