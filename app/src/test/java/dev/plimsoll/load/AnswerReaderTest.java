package dev.plimsoll.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerReaderTest {
    private static AnswerReader read(String answer, int piece) {
        var reader = new AnswerReader();
        reader.begin(false, true);
        var bytes = answer.getBytes(StandardCharsets.ISO_8859_1);
        for (var at = 0; at < bytes.length; at += piece) {
            var part = java.util.Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + piece));
            reader.feed(part, part.length);
        }
        return reader;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1000})
    void anyCutOfTheBytesGivesTheSame(int piece) {
        var chunked = read(String.join("\r\n", "HTTP/1.1 200 OK", "Transfer-Encoding: chunked", "", "5", "hello", "A;x",
                ", chunked!", "0", "Trailer: 1", "", ""), piece);
        assertThat(chunked.isDone()).isTrue();
        assertThat(chunked.body()).isEqualTo("hello, chunked!");
        var sized = read("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Created\r\ncontent-LENGTH: 2\r\n\r\nok", piece);
        assertThat(sized.isDone()).isTrue();
        assertThat(sized.status()).isEqualTo(201);
        assertThat(sized.closes()).isFalse();
    }

    @Test
    void answersWithoutABody() {
        assertThat(read("HTTP/1.1 204 No Content\r\n\r\n", 5).isDone()).isTrue();
        assertThat(read("HTTP/1.1 304 Not Modified\r\nContent-Length: 10\r\n\r\n", 5).isDone()).isTrue();
        var head = new AnswerReader();
        head.begin(true, false);
        var bytes = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);
        head.feed(bytes, bytes.length);
        assertThat(head.isDone()).isTrue();
    }

    @Test
    void connectionsThatEnd() {
        assertThat(read("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n", 9).closes()).isTrue();
        var open = read("HTTP/1.1 200 OK\r\n\r\nuntil", 9);
        assertThat(open.isDone()).isFalse();
        open.endOfConnection();
        assertThat(open.isDone()).isTrue();
        var cut = read("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc", 9);
        cut.endOfConnection();
        assertThat(cut.isBad()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SSH-2.0-x\r\n", "HTTP/1.1 2x0 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nmore",
            "HTTP/1.1 101 Switching Protocols\r\n\r\n"})
    void whatIsNoAnswer(String text) {
        assertThat(read(text, 4).isBad()).isTrue();
    }

    @Test
    void noBytesMakeItFail() {
        var random = new Random(11);
        var letters = "HTTP/1. 200\r\n:;0aContent-Length".getBytes(StandardCharsets.ISO_8859_1);
        for (var round = 0; round < 5000; round++) {
            var reader = new AnswerReader();
            reader.begin(random.nextBoolean(), true);
            var bytes = new byte[random.nextInt(200)];
            for (var at = 0; at < bytes.length; at++) {
                bytes[at] = letters[random.nextInt(letters.length)];
            }
            reader.feed(bytes, bytes.length);
            reader.endOfConnection();
            assertThat(reader.isDone() || reader.isBad()).isTrue();
        }
    }
}
