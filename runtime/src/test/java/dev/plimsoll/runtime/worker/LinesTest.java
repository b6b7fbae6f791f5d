package dev.plimsoll.runtime.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Lines are what they are for the JDK, but for those that are too long.
class LinesTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "one", "one\n", "one\ntwo", "one\r\ntwo\r\n", "1 %\r2 %\r", "\r\n\r\n", "\n\r",
            "é\n\nü"})
    void endWhereTheJdkEndsThem(String text) throws IOException {
        assertThat(lines(text)).isEqualTo(new BufferedReader(new StringReader(text)).lines().toList());
    }

    @Test
    void areCutWhereTheyAreTooLong() throws IOException {
        var tooLong = "x".repeat(10 * Lines.LONGEST);
        assertThat(lines(tooLong + "\nshort\n" + tooLong)).containsExactly("x".repeat(Lines.LONGEST), "short",
                "x".repeat(
                        Lines.LONGEST));
    }

    @Test
    void ofAChildsLastWordsAreCutShorter() {
        var tail = new Tail();
        tail.add("x".repeat(4001));
        assertThat(tail.last()).hasSize(4000);
    }

    private static List<String> lines(String text) throws IOException {
        var read = new ArrayList<String>();
        try (var lines = new Lines(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))) {
            for (var line = lines.next(); line.isPresent(); line = lines.next()) {
                read.add(line.get());
            }
        }
        return read;
    }
}
