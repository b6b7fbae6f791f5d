package dev.plimsoll.sample.web;

import java.util.Map;

/// A request that is not served, told to the client as a problem of RFC 9457.
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final transient Map<String, String> headers;

    public Refusal(int status, String detail, Map<String, String> headers) {
        super(detail);
        this.status = status;
        this.headers = Map.copyOf(headers);
    }

    public Refusal(int status, String detail) {
        this(status, detail, Map.of());
    }

    public int status() {
        return status;
    }

    public Map<String, String> headers() {
        return headers;
    }
}
