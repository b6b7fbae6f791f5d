package dev.plimsoll.bench.room;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Asks Reading Room.
final class Asker implements AutoCloseable {
    private static final int LOOKS = 600;

    private final HttpClient client = HttpClient.newHttpClient();
    private final String base;
    private final String token;
    private final Duration patience;

    Asker(String base, String token, Duration patience) {
        this.base = base;
        this.token = token;
        this.patience = patience;
    }

    void awaitReady(Process service) throws IOException, InterruptedException {
        var health = HttpRequest.newBuilder(URI.create(base + "/api/health")).build();
        for (var look = 0; look < LOOKS && service.isAlive(); look++) {
            try {
                if (client.send(health, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException notYet) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
        throw new IOException("the service did not start");
    }

    /// @return whether it was answered in time
    boolean ask(String question) {
        var request = HttpRequest.newBuilder(URI.create(base + "/api/questions")).timeout(patience).header(
                "Authorization", "Bearer " + token).POST(
                        HttpRequest.BodyPublishers.ofString("{\"question\": \""
                                + question + "\"}"))
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException late) {
            return false;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
