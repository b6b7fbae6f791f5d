package dev.plimsoll.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Documents from forms, friendly and hostile, over real connections.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FormUploadTest {
    private static final String FORM = "multipart/form-data; boundary=x-y";
    private static final int LIMIT = 1 << 20;
    private final Servers servers;
    private final Room room;
    private final Client client;

    FormUploadTest(@TempDir Path directory) throws IOException, InterruptedException, SQLException {
        servers = new Servers(directory).startPostgres();
        room = Room.open(Settings.of(Map.of("DATABASE_URL", servers.databaseUrl(), "API_TOKEN", Client.TOKEN, "PORT",
                "0", "RATE_LIMIT", "0", "DB_POOL_MIN", "2", "DB_POOL_MAX", "5", "UPLOAD_LIMIT_MB", "1")));
        client = Client.of(room);
    }

    @AfterAll
    void stops() {
        room.close();
        servers.close();
    }

    private static String part(String head, String content) {
        return "--x-y\r\nContent-Disposition: form-data; " + head + "\r\n\r\n" + content + "\r\n";
    }

    private static String file(String name, String type, String content) {
        return part("name=\"file\"; filename=\"" + name + "\"\r\nContent-Type: " + type, content);
    }

    private Client.Got send(String body) throws IOException, InterruptedException {
        return client.post("/api/documents", body, "Content-Type", FORM);
    }

    private static String detail(Client.Got got) {
        return got.json().path("detail").asString();
    }

    @Test
    void aFileWithFieldsBeforeAndAfterIsADocument() throws IOException, InterruptedException {
        var got = send(part("name=\"source\"", "forms") + file("walden.md", "application/octet-stream",
                "# Walden\r\n\r\n--x-\r\n--y\r\nThe pond is deep.") + part("name=title", "Wälder") + "--x-y--\r\n");
        assertThat(got.status()).isEqualTo(202);
        assertThat(got.json().path("title").asString()).isEqualTo("Wälder");
        assertThat(got.json().path("source").asString()).isEqualTo("forms");
        assertThat(got.json().path("media_type").asString()).isEqualTo("text/markdown");
        assertThat(got.json().path("size_bytes").asInt()).isEqualTo("# Walden\r\n\r\n--x-\r\n--y\r\nThe pond is deep."
                .length());
    }

    @ParameterizedTest
    @CsvSource({"walden.txt, text/plain, text/plain", "walden.HTM, application/octet-stream, text/html",
            "walden.epub, application/x-unknown, application/epub+zip", "walden, text/markdown, text/markdown"})
    void theTypeOrElseTheExtensionTellsTheFormat(String name, String type, String format) throws IOException,
            InterruptedException {
        var got = send("a preamble\r\n" + file("C:/books/" + name, type, "text") + "--x-y--\r\nan epilogue");
        assertThat(got.status()).isEqualTo(202);
        assertThat(got.json().path("media_type").asString()).isEqualTo(format);
        assertThat(got.json().path("title").asString()).isEqualTo(name);
    }

    @Test
    void aFileOfTheSizeLimitIsTakenAndOneByteMoreIsNot() throws IOException, InterruptedException {
        assertThat(send(file("a.txt", "text/plain", "a".repeat(LIMIT)) + "--x-y--\r\n").status()).isEqualTo(202);
        var refused = send(file("a.txt", "text/plain", "a".repeat(LIMIT + 1)) + "--x-y--\r\n");
        assertThat(refused.status()).isEqualTo(413);
        assertThat(detail(refused)).isEqualTo("the file is larger than 1048576 bytes");
        var announced = send(file("a.txt", "text/plain", "a".repeat(LIMIT * 2)) + "--x-y--\r\n");
        assertThat(announced.status()).isEqualTo(413);
    }

    @Test
    void twoFilesAreRefused() throws IOException, InterruptedException {
        var got = send(file("a.txt", "text/plain", "a") + file("b.txt", "text/plain", "b") + "--x-y--\r\n");
        assertThat(got.status()).isEqualTo(400);
        assertThat(detail(got)).isEqualTo("the form has two files; send each in a form of its own");
    }

    @Test
    void aPartWithAnotherNameIsRefused() throws IOException, InterruptedException {
        assertThat(detail(send(part("name=\"document\"; filename=\"a.txt\"", "a") + "--x-y--\r\n"))).isEqualTo(
                "a form has the fields `file`, `title` and `source`, not `document`");
        assertThat(detail(send(part("name=\"title\"", "a") + "--x-y--\r\n"))).isEqualTo(
                "the form has no field `file`, as in curl -F file=@walden.txt");
        assertThat(detail(send(part("name=\"title\"", "a") + part("name=\"title\"", "b") + "--x-y--\r\n"))).isEqualTo(
                "the form has the field `title` twice");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=\"\"",
                    "multipart/mixed; boundary=x-y"})
    void withoutABoundaryAFormIsRefused(String type) throws IOException, InterruptedException {
        var got = client.post("/api/documents", file("a.txt", "text/plain", "a") + "--x-y--\r\n", "Content-Type", type);
        assertThat(got.status()).isEqualTo(400);
        assertThat(detail(got)).contains("with a boundary");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--x-y\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nhalf",
            "--x-y\r\nContent-Disposition: form-data; name=\"fi", "--x-y", "\r\n--x-", "nothing of a form",
            "--x-z\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\na\r\n--x-z--\r\n"})
    void aFormThatEndsEarlyIsRefused(String body) throws IOException, InterruptedException {
        var got = send(body);
        assertThat(got.status()).isEqualTo(400);
        assertThat(detail(got)).isEqualTo("the body ends before its last boundary");
    }

    @Test
    void headsAreBounded() throws IOException, InterruptedException {
        assertThat(detail(send(part("name=\"file\"\r\nX: " + "a".repeat(5000), "a") + "--x-y--\r\n"))).isEqualTo(
                "a line of a part's head is longer than 4096 bytes");
        assertThat(detail(send(part("name=\"file\"" + "\r\nX: a".repeat(20), "a") + "--x-y--\r\n"))).isEqualTo(
                "a part has more than 16 header fields");
        assertThat(detail(send("--x-y\r\n\r\na\r\n--x-y--\r\n"))).contains("a part has no `Content-Disposition");
        assertThat(detail(send("a".repeat(100_000)))).isEqualTo("the body does not begin with its boundary");
        assertThat(detail(send(part("name=\"title\"", "a".repeat(2000)) + "--x-y--\r\n"))).isEqualTo(
                "the field `title` is longer than 1200 bytes");
        assertThat(detail(send("--x-yz\r\n"))).isEqualTo("a boundary is followed by `z`");
    }

    @Test
    void whatIsNoDocumentIsRefused() throws IOException, InterruptedException {
        assertThat(send(file("a.png", "image/png", "a") + "--x-y--\r\n").status()).isEqualTo(415);
        assertThat(detail(send(file("a.txt", "text/plain", "") + "--x-y--\r\n"))).isEqualTo("the file is empty");
        assertThat(detail(send(part("name=\"file\"", "a") + "--x-y--\r\n"))).isEqualTo(
                "name the document with the field `title`");
        assertThat(send(file("a\u0000.txt", "text/plain", "a") + "--x-y--\r\n").status()).isEqualTo(400);
    }

    /// Neither is the end waited for, nor is more than the limit kept.
    @Test
    void anEndlessFileIsRefusedOnceItIsTooLarge() throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), room.port())) {
            socket.setSoTimeout(30_000);
            write(socket.getOutputStream(), "POST /api/documents HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                    + Client.TOKEN + "\r\nContent-Type: " + FORM + "\r\nTransfer-Encoding: chunked\r\n\r\n");
            var head = "--x-y\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\n";
            write(socket.getOutputStream(), Integer.toHexString(head.length()) + "\r\n" + head + "\r\n");
            var chunk = "4000\r\n" + "a".repeat(0x4000) + "\r\n";
            try {
                for (var sent = 0; sent <= LIMIT + 0x8000; sent += 0x4000) {
                    write(socket.getOutputStream(), chunk);
                }
            } catch (SocketException closed) {
                // The answer came meanwhile.
            }
            assertThat(start(socket.getInputStream())).isEqualTo("HTTP/1.1 413");
        }
        assertThat(uploadsStillWork()).isTrue();
    }

    @Test
    void aClientThatHangsUpLeavesNothingBehind() throws IOException {
        for (var time = 0; time < 5; time++) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), room.port())) {
                write(socket.getOutputStream(), "POST /api/documents HTTP/1.1\r\nHost: localhost\r\nAuthorization: "
                        + "Bearer " + Client.TOKEN + "\r\nContent-Type: " + FORM
                        + "\r\nContent-Length: 5000\r\n\r\n--x-y\r\nContent-Disposition: form-data; name=\"file\"");
            }
        }
        assertThat(uploadsStillWork()).isTrue();
    }

    /// Two uploads at once are allowed, so one that was never given back shows soon.
    private boolean uploadsStillWork() throws IOException {
        try {
            for (var time = 0; time < 100; time++) {
                if (send(file("a.txt", "text/plain", "a") + "--x-y--\r\n").status() == 202) {
                    return true;
                }
                Thread.sleep(50);
            }
            return false;
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private static String start(InputStream in) throws IOException {
        return new String(in.readNBytes(12), StandardCharsets.US_ASCII);
    }
}
