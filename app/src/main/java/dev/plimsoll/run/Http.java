package dev.plimsoll.run;

import dev.plimsoll.observe.Question.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// HTTP from this machine to a server of the stack.
public final class Http implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration WHOLE = Duration.ofSeconds(15);

    private final HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER).build();

    /// @param path with a slash in front
    public Answer get(String host, int port, String path) {
        try {
            var address = host.contains(":") ? "[" + host + "]" : host;
            var request = HttpRequest.newBuilder(URI.create("http://" + address + ":" + port + path)).timeout(WHOLE)
                    .GET().build();
            var response = client.send(request, BodyHandlers.ofInputStream());
            try (var body = response.body()) {
                return response.statusCode() / 100 == 2
                        ? new Answer.Text(new String(body.readNBytes(Shell.MOST_OUTPUT), StandardCharsets.UTF_8))
                        : new Answer.None("HTTP status " + response.statusCode());
            }
        } catch (IOException unreachable) {
            return new Answer.None("no answer on " + host + ":" + port);
        } catch (IllegalArgumentException badPath) {
            return new Answer.None("`" + path + "` is no path of a URL");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new Answer.None("interrupted");
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
