package dev.plimsoll.sample;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A client of the service, with a token or without.
record Client(HttpClient http, String base, String token) {
    static final String TOKEN = "a-token-for-tests-only";

    static Client of(Room room) {
        return new Client(HttpClient.newHttpClient(), "http://127.0.0.1:" + room.port(), TOKEN);
    }

    Client with(String other) {
        return new Client(http, base, other);
    }

    record Got(int status, JsonNode json, HttpResponse<byte[]> response) {
        String text() {
            return new String(response.body(), StandardCharsets.UTF_8);
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    Got get(String path, String... headers) throws IOException, InterruptedException {
        return got(http.send(request(path, headers).GET().build(), HttpResponse.BodyHandlers.ofByteArray()));
    }

    Got post(String path, byte[] body, String... headers) throws IOException, InterruptedException {
        return got(http.send(request(path, headers).POST(HttpRequest.BodyPublishers.ofByteArray(body)).build(),
                HttpResponse.BodyHandlers.ofByteArray()));
    }

    Got post(String path, String body, String... headers) throws IOException, InterruptedException {
        return post(path, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    Got delete(String path) throws IOException, InterruptedException {
        return got(http.send(request(path).DELETE().build(), HttpResponse.BodyHandlers.ofByteArray()));
    }

    Got send(String method, String path) throws IOException, InterruptedException {
        return got(http.send(request(path).method(method, HttpRequest.BodyPublishers.noBody()).build(),
                HttpResponse.BodyHandlers.ofByteArray()));
    }

    Got ask(String question, String source) throws IOException, InterruptedException {
        return post("/api/questions", "{\"question\": \"" + question + "\"" + (source.isEmpty()
                ? ""
                : ", \"source\": \"" + source + "\"") + "}");
    }

    private HttpRequest.Builder request(String path, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(base + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    private static Got got(HttpResponse<byte[]> response) {
        var type = response.headers().firstValue("Content-Type").orElse("");
        var packed = response.headers().firstValue("Content-Encoding").isPresent();
        return new Got(response.statusCode(), type.contains("json") && !packed
                ? JsonMapper.shared().readTree(response
                        .body())
                : JsonMapper.shared().nullNode(), response);
    }
}
