package dev.plimsoll.run.natively;

import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.lock.LockedService;
import dev.plimsoll.run.EnvironmentException;
import dev.plimsoll.run.FreePorts;
import dev.plimsoll.stack.Service;
import dev.plimsoll.yaml.Node;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

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
        var published = service.ports().stream().mapToInt(port -> port.target());
        return new CommandProgram(command, IntStream.concat(published, exposed(service)).findFirst().orElse(0));
    }

    private static IntStream exposed(Service service) {
        return service.node("expose").flatMap(Node::asSequence).stream().flatMap(list -> list.items().stream())
                .flatMap(item -> item.asScalar().stream()).map(Node.Scalar::text)
                .filter(port -> port.matches("\\d{1,5}(?:/tcp)?"))
                .mapToInt(port -> Integer.parseInt(port.replace("/tcp", "")));
    }

    @Override
    public int target(Recognised known) {
        return target;
    }

    /// Many programs listen where they like.
    @Override
    public boolean takesAddress() {
        return false;
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
        var service = task.service().name();
        var addresses = new Addresses(service, task.ports(), task.inventory().running().map(Recognised::name).toList());
        var written = task.environment();
        var notes = notes(service, addresses, written);
        var variables = new LinkedHashMap<>(addresses.in(written));
        task.at().ifPresent(at -> {
            variables.put("PORT", String.valueOf(at.published()));
            variables.put("HOST", at.host());
        });
        var place = new Launch.Place(new Account(Optional.empty()), Optional.of(task.stack().projectDirectory()),
                Optional.of(variables));
        return new Launch(service, Path.of(command.getFirst()).getFileName().toString(), words(), "TERM", task.at(),
                variables, notes, place);
    }

    /// @throws EnvironmentException when the program may reach a server outside the stack
    static List<String> notes(String service, Addresses addresses, Map<String, String> written) {
        var notes = new ArrayList<String>();
        for (var told : addresses.portless(written)) {
            var at = told.at();
            if (!FreePorts.isFree(at.host(), at.target())) {
                throw new EnvironmentException(service + " is told of " + at.service() + " by " + told.variable()
                        + " without a port. Here " + at.service() + " has port " + at.published()
                        + ", and on its usual one, " + at.target() + ", another program listens, which " + service
                        + " could take for it",
                        "Give " + service + " the variable " + told.port() + ": \"" + at.target()
                                + "\" in the Compose file, if it reads that, or an address with the port");
            }
            notes.add(service + " gets " + told.port() + " for " + at.service() + ", which has port " + at.published()
                    + " here; a program that does not read it finds nothing on port " + at.target() + ".");
        }
        var unserved = addresses.unserved(written);
        if (!unserved.isEmpty()) {
            notes.add(service + " is told of what nothing serves here: " + String.join(", ", unserved) + ".");
        }
        return notes;
    }

    @Override
    public boolean isReady(Launch launch) {
        if (launch.at().isEmpty()) {
            return true;
        }
        var at = launch.at().get();
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(at.host(), at.published()), CONNECT_MILLIS);
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
