package dev.plimsoll.run;

import dev.plimsoll.observe.Question.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// HTTP from this machine to a server of the stack.
public final class Http implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration WHOLE = Duration.ofSeconds(15);

    private final Duration whole;
    private final HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER).build();

    public Http() {
        this(WHOLE);
    }

    /// @param whole for the headers, and as long again for the body
    Http(Duration whole) {
        this.whole = whole;
    }

    /// @param path with a slash in front
    public Answer get(String host, int port, String path) {
        try {
            var address = host.contains(":") ? "[" + host + "]" : host;
            var request = HttpRequest.newBuilder(URI.create("http://" + address + ":" + port + path)).timeout(whole)
                    .GET().build();
            var response = client.send(request, BodyHandlers.ofInputStream());
            if (response.statusCode() / 100 != 2) {
                response.body().close();
                return new Answer.None("HTTP status " + response.statusCode());
            }
            return body(response.body());
        } catch (HttpConnectTimeoutException nobody) {
            return new Answer.None("nobody on " + host + ":" + port);
        } catch (HttpTimeoutException late) {
            return Answer.None.ofSilence("no answer on " + host + ":" + port + " after " + whole.toSeconds() + " s");
        } catch (IOException unreachable) {
            return new Answer.None("no answer on " + host + ":" + port);
        } catch (IllegalArgumentException badPath) {
            return new Answer.None("`" + path + "` is no path of a URL");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new Answer.None("interrupted");
        }
    }

    /// A request's own timeout ends with the headers, and a body may stall.
    private Answer body(InputStream stream) throws IOException {
        var late = new AtomicBoolean();
        CompletableFuture.delayedExecutor(whole.toMillis(), TimeUnit.MILLISECONDS, task -> Thread.ofVirtual().start(
                task)).execute(() -> {
                    late.set(true);
                    closed(stream);
                });
        try (stream) {
            var text = new String(stream.readNBytes(Shell.MOST_OUTPUT), StandardCharsets.UTF_8);
            return late.get() ? late() : new Answer.Text(text);
        } catch (IOException broken) {
            if (late.get()) {
                return late();
            }
            throw broken;
        }
    }

    private Answer late() {
        return Answer.None.ofSilence("no end of the answer after " + whole.toSeconds() + " s");
    }

    private static void closed(InputStream stream) {
        try {
            stream.close();
        } catch (IOException alreadyClosed) {
            // Then nobody waits for it.
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
