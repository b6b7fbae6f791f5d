package dev.plimsoll.run.natively;

import dev.plimsoll.lock.LockedService;
import dev.plimsoll.run.State.PublishedPort;
import dev.plimsoll.stack.Service;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A service that a command of the user's runs, as `x-plimsoll.native` says.
///
/// @param command its words; `java` is the JVM that runs this program
/// @param target the port it has in its container; 0 when nobody connects to it
record CommandProgram(List<String> command, int target) implements NativeProgram {
    private static final int CONNECT_MILLIS = 500;

    CommandProgram {
        command = List.copyOf(command);
    }

    static CommandProgram of(Service service, List<String> command) {
        return new CommandProgram(command, service.ports().stream().mapToInt(port -> port.target()).findFirst()
                .orElse(0));
    }

    @Override
    public boolean runs(LockedService service) {
        return true;
    }

    @Override
    public List<String> words(NativeTask task, Binaries binaries) {
        return words();
    }

    private List<String> words() {
        var words = new ArrayList<>(command);
        if (words.getFirst().equals("java")) {
            words.set(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
        }
        return words;
    }

    /// It is the user's own program, so it runs as the user, from where the Compose files are.
    @Override
    public Launch prepare(NativeTask task) {
        var variables = reachable(task.environment(), task.neighbours());
        if (target != 0) {
            variables.put("PORT", String.valueOf(task.port()));
            variables.put("HOST", "127.0.0.1");
        }
        var place = new Launch.Place(new Account(Optional.empty()), Optional.of(task.stack().projectDirectory()),
                Optional.of(variables));
        return new Launch(task.service().name(), Path.of(command.getFirst()).getFileName().toString(), words(), "TERM",
                target, task.port(), variables, List.of(), place);
    }

    /// Services of the stack are not found by name here. `db:5432`, `@db/` and a variable that is just `db` become the
    /// address where it listens; `DB_PORT` beside a `DB_HOST` of `db` becomes its port.
    static Map<String, String> reachable(Map<String, String> variables, List<PublishedPort> neighbours) {
        var reachable = new LinkedHashMap<>(variables);
        for (var neighbour : neighbours) {
            var address = "127.0.0.1:" + neighbour.published();
            reachable.replaceAll((name, value) -> {
                var host = name.endsWith("_PORT") ? variables.get(name.replaceFirst("PORT$", "HOST")) : null;
                if (neighbour.service().equals(host) && value.equals(String.valueOf(neighbour.target()))) {
                    return String.valueOf(neighbour.published());
                }
                return value.equals(neighbour.service())
                        ? "127.0.0.1"
                        : named(neighbour).matcher(value).replaceAll(Matcher.quoteReplacement(address));
            });
        }
        return reachable;
    }

    private static Pattern named(PublishedPort neighbour) {
        var service = Pattern.quote(neighbour.service());
        return Pattern.compile("(?<![A-Za-z0-9_.-])" + service + ":" + neighbour.target() + "(?![0-9])|(?<=@|://)"
                + service + "(?=/|$)");
    }

    @Override
    public boolean isReady(Launch launch) {
        if (target == 0) {
            return true;
        }
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), launch.port()), CONNECT_MILLIS);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public List<String> complete(NativeTask task, Launch launch) {
        return List.of();
    }
}
