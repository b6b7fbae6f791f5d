package dev.plimsoll.sample.web;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// A request of Helidon.
///
/// @param connections end those whose bodies do not come
record HelidonCall(ServerRequest request, Connections connections) implements Call {
    @Override
    public Optional<String> header(String name) {
        return request.headers().first(HeaderNames.create(name));
    }

    @Override
    public Optional<String> query(String name) {
        return request.query().first(name).asOptional();
    }

    @Override
    public String path(String name) {
        return request.path().pathParameters().get(name);
    }

    @Override
    public byte[] body(int most) throws IOException {
        try (var stream = stream(most)) {
            var bytes = stream.readNBytes(most);
            if (bytes.length == most && stream.read() >= 0) {
                throw tooLarge(most);
            }
            return bytes;
        }
    }

    @Override
    public InputStream stream(int most) {
        if (request.headers().contentLength().orElse(0) > most) {
            throw tooLarge(most);
        }
        if (!request.content().hasEntity()) {
            throw new Refusal(400, "the body is empty");
        }
        return new Arriving(request.content().inputStream(), most, System::nanoTime, connections, request.remotePeer()
                .address());
    }

    private static Refusal tooLarge(int most) {
        return new Refusal(413, "the body is larger than " + most + " bytes");
    }

    @Override
    public String address() {
        return request.remotePeer().host();
    }
}
