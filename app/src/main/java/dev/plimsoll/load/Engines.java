package dev.plimsoll.load;

/// The engines: plain HTTP on non-blocking sockets, TLS on blocking ones.
final class Engines {
    private Engines() {}

    static Engine of(Endpoint endpoint, Limits limits) {
        return endpoint.tls() ? new BlockingEngine(endpoint, limits) : new NioEngine(endpoint, limits);
    }
}
