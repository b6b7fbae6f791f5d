package dev.plimsoll.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.runtime.web.Health;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisPingTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    private final Path directory;

    RedisPingTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void logsInWithThePasswordOfTheUrl() throws IOException, InterruptedException {
        try (var servers = new Servers(directory).startRedis("--requirepass", "p@ss")) {
            var port = servers.redis;
            assertThat(ping("redis://:p%40ss@127.0.0.1:" + port).ask().state()).isEqualTo(Health.State.UP);
            assertThat(ping("redis://127.0.0.1:" + port).ask()).satisfies(answer -> {
                assertThat(answer.state()).isEqualTo(Health.State.DEGRADED);
                assertThat(answer.detail()).contains("NOAUTH");
            });
        }
    }

    @Test
    void speaksTlsWithAServerItTrustsAndNoOther() throws IOException, InterruptedException, GeneralSecurityException {
        var trusted = certificate();
        try (var servers = new Servers(directory)) {
            servers.startRedis("--port", "0", "--tls-port", String.valueOf(servers.redis),
                    "--tls-auth-clients", "no", "--tls-cert-file", directory.resolve("cert.pem").toString(),
                    "--tls-key-file", directory.resolve("key.pem").toString());
            var url = URI.create("rediss://localhost:" + servers.redis);
            assertThat(new RedisPing(url, trusted).ask().state()).isEqualTo(Health.State.UP);
            assertThatThrownBy(new RedisPing(url)::ask).isInstanceOf(SSLException.class);
            var otherHost = URI.create("rediss://127.0.0.1:" + servers.redis);
            assertThatThrownBy(new RedisPing(otherHost, trusted)::ask).isInstanceOf(SSLException.class);
        }
    }

    private static RedisPing ping(String url) {
        return new RedisPing(URI.create(url));
    }

    /// Makes a key and a certificate for `localhost`, and what trusts it.
    private SSLSocketFactory certificate() throws IOException, InterruptedException, GeneralSecurityException {
        var store = directory.resolve("store.p12");
        var made = new ProcessBuilder(System.getProperty("java.home") + "/bin/keytool", "-genkeypair", "-alias", "it",
                "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "SAN=dns:localhost", "-validity", "2",
                "-storepass", new String(PASSWORD), "-keystore", store.toString()).inheritIO().start().waitFor();
        assertThat(made).isZero();
        var keys = KeyStore.getInstance(store.toFile(), PASSWORD);
        pem("cert.pem", "CERTIFICATE", keys.getCertificate("it").getEncoded());
        pem("key.pem", "PRIVATE KEY", keys.getKey("it", PASSWORD).getEncoded());
        var trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        trust.setCertificateEntry("it", keys.getCertificate("it"));
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trust);
        var context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context.getSocketFactory();
    }

    private void pem(String file, String what, byte[] content) throws IOException {
        Files.writeString(directory.resolve(file), "-----BEGIN " + what + "-----\n" + Base64.getMimeEncoder()
                .encodeToString(content) + "\n-----END " + what + "-----\n");
    }
}
