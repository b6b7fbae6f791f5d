package dev.plimsoll.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.load.Counts.Failure;
import dev.plimsoll.load.Stage.Phase;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockingEngineTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    private Path directory = Path.of("");

    private static ProfileRun run(String url, Arrivals arrivals, boolean trusting) throws InterruptedException {
        var traffic = new Traffic(Optional.empty(), List.of(Request.get("/a")), Map.of(), List.of());
        try (var generator = new Generator(Endpoint.parse(url), traffic, new Limits(8, Duration.ofSeconds(5), trusting),
                StopConditions.USUAL, Optional::empty, (_, _, _, _) -> {
                })) {
            return generator.run(new Profile("test", arrivals, List.of()));
        }
    }

    private static Arrivals open(double rate) {
        return new Arrivals.Open(List.of(Stage.constant(Phase.MEASURED, rate, Duration.ofSeconds(1))));
    }

    /// Sockets with a certificate that nobody signed.
    private ServerSocketFactory secured() throws Exception {
        var file = directory.resolve("keys");
        var made = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair", "-alias", "a", "-keyalg", "EC", "-dname", "CN=localhost", "-storetype", "PKCS12",
                "-keystore", file.toString(), "-storepass", new String(PASSWORD)).redirectErrorStream(true).start();
        made.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
        assertThat(made.waitFor()).isZero();
        var keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), new javax.net.ssl.TrustManager[0], new java.security.SecureRandom());
        return context.getServerSocketFactory();
    }

    @Test
    void openAndClosedLoadsOverTls() throws Exception {
        try (var server = new TestServer(secured(), _ -> TestServer.ok("hello"))) {
            var url = server.url("/").replace("http:", "https:");
            var open = run(url, open(40), true);
            assertThat(open.counts().completed()).isEqualTo(40);
            assertThat(open.counts().failed()).isZero();
            var closed = run(url, new Arrivals.Closed(3, Duration.ofMillis(500), Duration.ofSeconds(1)), true);
            assertThat(closed.counts().failed()).isZero();
            assertThat(closed.counts().completed()).isPositive();
            assertThat(server.connectionCount()).isLessThanOrEqualTo(8 + 3);
        }
    }

    @Test
    void aCertificateThatNobodySignedIsRefused() throws Exception {
        try (var server = new TestServer(secured(), _ -> TestServer.ok("hello"))) {
            var run = run(server.url("/").replace("http:", "https:"), open(5), false);
            assertThat(run.counts().errors()).containsExactly(Map.entry(Failure.CONNECT, 5L));
        }
    }

    @Test
    void connectionsThatTheServerEndsAreReplaced() throws Exception {
        try (var server = new TestServer(secured(),
                _ -> "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok")) {
            var run = run(server.url("/").replace("http:", "https:"), open(10), true);
            assertThat(run.counts().failed()).isZero();
            assertThat(run.counts().completed()).isEqualTo(10);
        }
    }
}
