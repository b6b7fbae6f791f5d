package dev.plimsoll.sample.answer;

import dev.plimsoll.runtime.telemetry.Traces;
import dev.plimsoll.sample.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A server that speaks OpenAI's protocol.
public final class Endpoint {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    /// Models of this kind write some tens of words a second; a client has given up by then.
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Settings.Model model;
    private final Traces traces;
    private final Duration patience;
    private final HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT).build();

    public Endpoint(Settings.Model model, Traces traces) {
        this(model, traces, ANSWER);
    }

    /// @param patience for a whole exchange
    Endpoint(Settings.Model model, Traces traces, Duration patience) {
        this.model = model;
        this.traces = traces;
        this.patience = patience;
    }

    Settings.Model model() {
        return model;
    }

    /// @param path below the base, such as `chat/completions`
    /// @param operation `chat` or `embeddings`, for traces
    JsonNode post(String path, String operation, String name, Object body) throws IOException {
        var base = model.base().toString().replaceFirst("/+$", "");
        var request = HttpRequest.newBuilder(URI.create(base + "/" + path)).header("Content-Type",
                "application/json").POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
        model.key().ifPresent(key -> request.header("Authorization", "Bearer " + key));
        var response = traces.model(operation, name, span -> {
            Traces.carry(request::header);
            return sent(request.build());
        });
        if (response.statusCode() != 200) {
            throw new IOException(path + " answers with status " + response.statusCode());
        }
        try {
            return JSON.readTree(response.body());
        } catch (JacksonException wrong) {
            throw new IOException(path + " does not answer in JSON", wrong);
        }
    }

    /// A request's own timeout ends with the headers, and a body may stall.
    private HttpResponse<byte[]> sent(HttpRequest request) throws IOException {
        var exchange = client.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray());
        try {
            return exchange.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw new IOException("no answer within " + patience.toMillis() + " ms", late);
        } catch (ExecutionException failure) {
            throw new IOException("no answer: " + failure.getCause(), failure);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stop);
        } finally {
            exchange.cancel(true);
        }
    }
}
