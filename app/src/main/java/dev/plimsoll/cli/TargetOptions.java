package dev.plimsoll.cli;

import dev.plimsoll.kinds.Role;
import dev.plimsoll.load.Endpoint;
import dev.plimsoll.load.Limits;
import dev.plimsoll.load.Request;
import dev.plimsoll.load.Template;
import dev.plimsoll.load.Traffic;
import dev.plimsoll.load.TrafficFile;
import dev.plimsoll.lock.LockReader;
import dev.plimsoll.run.EnvironmentException;
import dev.plimsoll.run.RenderedStack;
import dev.plimsoll.run.State;
import dev.plimsoll.source.InputException;
import dev.plimsoll.source.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Where a load goes, and what it is made of.
final class TargetOptions {
    /// Traffic that gives no values for placeholders.
    private static final Traffic NOTHING = new Traffic(Optional.empty(), List.of(Request.get("/")), Map.of(), List
            .of());

    @Parameters(paramLabel = "URL", arity = "0..1", description = "What to load, such as http://127.0.0.1:8080/books.")
    private Optional<String> url = Optional.empty();

    @Option(names = "--target", paramLabel = "URL", description = "The same.")
    private Optional<String> target = Optional.empty();

    @Option(names = "--stack", paramLabel = "DIR", description = "A rendered directory whose stack runs: it is looked "
            + "into meanwhile, its evidence kept, and its only application loaded when no URL is named.")
    private Optional<Path> stack = Optional.empty();

    @Option(names = "--traffic", paramLabel = "FILE", description = "A YAML file with several weighted requests, "
            + "headers, bodies, data and profiles.")
    private Optional<Path> file = Optional.empty();

    @Option(names = {"-X", "--method"}, paramLabel = "METHOD", converter = TargetValues.Method.class,
            description = "For a bare URL; GET unless named.")
    private Optional<String> method = Optional.empty();

    @Option(names = {"-H", "--header"}, paramLabel = "NAME:VALUE", description = "Sent with every request.")
    private List<String> headers = new ArrayList<>();

    @Option(names = "--body", paramLabel = "TEXT", description = "For a bare URL; may hold placeholders such as "
            + "{{uuid}}.")
    private Optional<String> body = Optional.empty();

    @Option(names = "--connections", paramLabel = "N", defaultValue = "100",
            converter = TargetValues.Count.class, description = "The most that are open at once, up to 20000; "
                    + "${DEFAULT-VALUE} unless named.")
    private int connections = 100;

    @Option(names = "--timeout", paramLabel = "DURATION", defaultValue = "10s", converter = VerifyCommand.Span.class,
            description = "From when a request was due until it is given up; ${DEFAULT-VALUE} unless named.")
    private Duration timeout = Duration.ofSeconds(10);

    @Option(names = "--insecure", description = "Take any TLS certificate.")
    private boolean insecure;

    @Option(names = "--yes", description = "Load a server that is not on this machine: you may do so, and mean to.")
    private boolean confirmed;

    /// The rendered stack that was named.
    Optional<RenderedStack> stack() {
        return stack.map(directory -> {
            var lock = directory.resolve(dev.plimsoll.lock.Lock.FILE_NAME);
            try {
                return new RenderedStack(directory, LockReader.read(lock.toString(), Files.readString(lock)));
            } catch (IOException absent) {
                throw new InputException(Location.ofFile(lock.toString()), "there is no rendered stack here",
                        "Write one with `plimsoll render`, or name its directory");
            }
        });
    }

    /// @throws InputException when there is none, or it is another machine and that was not confirmed
    Endpoint endpoint(Traffic traffic, Optional<RenderedStack> running) {
        var endpoint = Endpoint.parse(url.or(() -> target).or(traffic::url).or(() -> running.map(
                TargetOptions::published)).orElseThrow(() -> new InputException(Location.ofFile("stress"),
                        "no URL is named, so there is nothing to load",
                        "Name a URL such as http://127.0.0.1:8080/, or a running stack "
                                + "with --stack DIR")));
        if (!endpoint.isLoopback() && !confirmed) {
            throw new InputException(Location.ofFile("URL"), "`" + endpoint.base() + "` is not on this machine",
                    "Load on a server that nobody offered for it is an attack; add --yes if you may and mean to");
        }
        return endpoint;
    }

    /// The one application that the stack publishes on the loopback interface.
    private static String published(RenderedStack stack) {
        var state = State.read(stack).orElseThrow(() -> new EnvironmentException("The stack of " + stack.directory()
                + " does not run", "Start it with `plimsoll up`, or name a URL"));
        var ports = state.ports().stream().filter(port -> port.protocol().equals("tcp") && stack.lock().service(port
                .service()).filter(service -> service.role() == Role.APP || service.role() == Role.PROXY).isPresent())
                .toList();
        if (ports.size() != 1) {
            throw new InputException(Location.ofFile("--stack"), ports.isEmpty()
                    ? "the stack publishes no application"
                    : "the stack publishes several: " + ports.stream().map(port -> port.service() + " on port " + port
                            .published()).collect(Collectors.joining(", ")),
                    "Name a URL");
        }
        return "http://127.0.0.1:" + ports.getFirst().published() + "/";
    }

    /// @throws InputException when one of two options would be ignored
    void refuseWhatDoesNotGoTogether() {
        if (url.isPresent() && target.isPresent()) {
            throw new InputException(Location.ofFile("--target"), "a URL is named already", "Give one of them");
        }
        if (file.isPresent() && (method.isPresent() || body.isPresent())) {
            throw new InputException(Location.ofFile(method.isPresent() ? "--method" : "--body"), "it does not go with "
                    + "--traffic, whose requests have their own", "Write it into the traffic file");
        }
    }

    /// The requests; a bare URL is one.
    Traffic traffic() {
        var read = file.map(TargetOptions::read).orElseGet(this::bare);
        var own = headers(read);
        return new Traffic(read.url(), read.requests().stream().map(request -> with(request, own)).toList(), read
                .tables(), read.profiles());
    }

    private Traffic bare() {
        var path = url.or(() -> target).map(text -> Endpoint.parse(text).path()).orElse("/");
        return new Traffic(Optional.empty(), List.of(new Request(path, method.orElse("GET"), TargetValues.template(path,
                NOTHING), Map.of(), body.map(text -> TargetValues.template(text, NOTHING)), 1, Set.of(), List.of())),
                Map.of(), List.of());
    }

    /// @throws InputException when it cannot be read, or holds mistakes
    static Traffic read(Path file) {
        try {
            return TrafficFile.read(file.toString(), Files.readString(file), name -> {
                try {
                    return Optional.of(Files.readString(file.resolveSibling(name)));
                } catch (IOException unreadable) {
                    return Optional.empty();
                }
            });
        } catch (IOException unreadable) {
            throw new InputException(Location.ofFile(file.toString()), "the file cannot be read", "Check its name");
        }
    }

    /// Those of the command line.
    private Map<String, Template> headers(Traffic traffic) {
        var all = new LinkedHashMap<String, Template>();
        headers.forEach(text -> {
            var header = TargetValues.header(text);
            all.keySet().removeIf(known -> known.equalsIgnoreCase(header.getKey()));
            all.put(header.getKey(), TargetValues.template(header.getValue(), traffic));
        });
        return all;
    }

    /// Headers are laid over the request's own.
    private static Request with(Request request, Map<String, Template> headers) {
        var all = new LinkedHashMap<>(request.headers());
        headers.forEach((name, value) -> {
            all.keySet().removeIf(known -> known.equalsIgnoreCase(name));
            all.put(name, value);
        });
        return new Request(request.name(), request.method(), request.path(), all, request.body(), request.weight(),
                request.expected(), request.extractions());
    }

    Limits limits() {
        return new Limits(connections, timeout, insecure);
    }
}
