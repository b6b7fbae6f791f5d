package dev.plimsoll.sample.web;

import dev.plimsoll.runtime.telemetry.Traces;
import dev.plimsoll.runtime.web.Drain;
import dev.plimsoll.runtime.web.Packing;
import dev.plimsoll.runtime.web.RequestMeters;
import dev.plimsoll.sample.store.DatabaseException;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The web server: Helidon, one virtual thread a request. All of Helidon is behind this class and [HelidonCall].
public final class Front implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Front.class);

    private final List<Route> routes;
    private final Guard guard;
    private final Drain drain;
    private final RequestMeters meters;
    private final Traces traces;
    private final Connections connections;

    public Front(List<Route> routes, Guard guard, Drain drain, MeterRegistry metrics, Traces traces) {
        this(routes, guard, drain, metrics, traces, Connections.usual());
    }

    Front(List<Route> routes, Guard guard, Drain drain, MeterRegistry metrics, Traces traces, Connections connections) {
        this.connections = connections;
        this.routes = List.copyOf(routes);
        this.guard = guard;
        this.drain = drain;
        this.traces = traces;
        meters = new RequestMeters(metrics, drain);
    }

    public WebServer start(String host, int port) {
        var server = WebServer.builder().host(host).port(port).shutdownHook(false).maxTcpConnections(Connections.MOST)
                .connectionOptions(connections.options()).routing(this::route).build().start();
        // A server that cannot listen says so in its log only.
        if (!server.isRunning()) {
            throw new IllegalStateException("nothing can listen on " + host + ":" + port + "; choose another PORT");
        }
        return server;
    }

    private void route(HttpRouting.Builder routing) {
        routes.forEach(route -> {
            routing.route(Method.create(route.method()), route.path(), (request, response) -> serve(route, request,
                    response));
            if (route.method().equals("GET")) {
                routing.route(Method.HEAD, route.path(), (request, response) -> serve(route, request, response));
            }
        });
        routes.stream().map(Route::path).distinct().map(this::otherMethods).forEach(route -> routing.any(route.path(), (
                request, response) -> serve(route, request, response)));
        var unknown = new Route("ANY", "UNKNOWN", true, call -> {
            throw new Refusal(404, "there is nothing here; /openapi.yaml tells what is where");
        });
        routing.any((request, response) -> serve(unknown, request, response));
    }

    /// What answers methods that a path does not have.
    private Route otherMethods(String path) {
        var methods = routes.stream().filter(route -> route.path().equals(path)).map(Route::method).flatMap(
                method -> method.equals("GET") ? Stream.of(method, "HEAD") : Stream.of(method)).collect(
                        Collectors
                                .joining(", "));
        return new Route("ANY", path, true, call -> {
            throw new Refusal(405, "there is " + methods + " here", Map.of("Allow", methods));
        });
    }

    private void serve(Route route, ServerRequest request, ServerResponse response) {
        var client = request.remotePeer().address();
        connections.arrived(client);
        var running = meters.begin();
        var headers = new LinkedHashMap<String, String>();
        // Health and metrics are answered to the end, so that a balancer sees the service go.
        var entered = !route.open() && drain.enter();
        var status = 500;
        try {
            var reply = !isFramed(request)
                    ? misframed(headers)
                    : entered || route.open()
                            ? traced(route, new HelidonCall(request, connections), headers)
                            : turnedAway(headers);
            status = reply.status();
            send(reply, headers, request, response);
            if (headers.containsKey("Connection")) {
                // Said to the client, which may not keep to it, and what it sent is not taken for another request.
                throw new CloseConnectionException("closed after status " + status);
            }
        } finally {
            if (entered) {
                drain.leave();
            }
            running.end(request.prologue().method().text(), route.path(), status);
            connections.answered(client);
        }
    }

    /// Whether it is plain where the body ends. Of two lengths a proxy in front may have believed the other one,
    /// and what follows would be taken for a request.
    private static boolean isFramed(ServerRequest request) {
        var lengths = request.headers().all(HeaderNames.CONTENT_LENGTH, List::of);
        return lengths.size() < 2 && lengths.stream().allMatch(length -> length.matches("\\d{1,18}"));
    }

    private static Reply misframed(Map<String, String> headers) {
        headers.put("Connection", "close");
        return problem(400, "Content-Length is one whole number");
    }

    private static Reply turnedAway(Map<String, String> headers) {
        headers.put("Connection", "close");
        headers.put("Retry-After", "5");
        return problem(503, "the service is shutting down");
    }

    private Reply traced(Route route, Call call, Map<String, String> headers) {
        if (route.open()) {
            return answer(route, call, headers);
        }
        return traces.request(route.method(), route.path(), call::header, span -> {
            var reply = answer(route, call, headers);
            Traces.ended(span, reply.status());
            return reply;
        });
    }

    private Reply answer(Route route, Call call, Map<String, String> headers) {
        try {
            headers.putAll(guard.admit(route, call));
            return route.answering().answer(call);
        } catch (Refusal refusal) {
            headers.putAll(refusal.headers());
            return problem(refusal.status(), String.valueOf(refusal.getMessage()));
        } catch (DatabaseException failure) {
            LOG.warn("{} {}: {}", route.method(), route.path(), failure.getMessage());
            if (failure.passing()) {
                headers.put("Retry-After", "1");
                return problem(503, "the database cannot answer now");
            }
            return problem(500, "the database could not answer");
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return problem(503, "the service is shutting down");
        } catch (IOException | RuntimeException failure) {
            LOG.error("{} {} failed", route.method(), route.path(), failure);
            return problem(500, "the service failed; its log tells why");
        }
    }

    record Problem(int status, String title, String detail) {}

    private static Reply problem(int status, String detail) {
        return new Reply(status, new Problem(status, Status.create(status).reasonPhrase(), detail));
    }

    private void send(Reply reply, Map<String, String> headers, ServerRequest request, ServerResponse response) {
        response.status(Status.create(reply.status()));
        headers.forEach((name, value) -> response.header(HeaderNames.create(name), value));
        byte[] plain;
        if (reply.body() instanceof Reply.Text(var type, var text)) {
            response.header(HeaderNames.CONTENT_TYPE, type);
            plain = text.getBytes(StandardCharsets.UTF_8);
        } else {
            response.header(HeaderNames.CONTENT_TYPE, reply.body() instanceof Problem
                    ? "application/problem+json"
                    : "application/json");
            plain = Json.write(reply.body());
        }
        var body = Packing.of(plain, request.headers().first(HeaderNames.ACCEPT_ENCODING));
        body.headers().forEach((name, value) -> response.header(HeaderNames.create(name), value));
        if (request.prologue().method().equals(Method.HEAD)) {
            response.header(HeaderNames.CONTENT_LENGTH, String.valueOf(body.bytes().length));
            response.send();
        } else {
            response.send(body.bytes());
        }
    }

    /// After the server was stopped.
    @Override
    public void close() {
        connections.close();
    }
}
