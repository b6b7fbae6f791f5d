package dev.plimsoll.run.natively;

import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.lock.LockedService;
import dev.plimsoll.run.Command;
import dev.plimsoll.run.RenderedStack;
import dev.plimsoll.run.Shell;
import dev.plimsoll.run.State.PublishedPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// One service to be run as a process.
///
/// @param inventory the user's Compose files with the rendered one over them
/// @param home its directory on this machine
/// @param ports where the services of the stack listen, this one included
record NativeTask(RenderedStack stack, LockedService service, Inventory inventory, Path home,
        List<PublishedPort> ports, Account account, Shell shell) {
    private static final Duration LONGEST = Duration.ofMinutes(2);
    /// What servers say of a setting that they do not take is read.
    private static final Map<String, String> IN_ENGLISH = Map.of("LC_ALL", "C", "LANGUAGE", "");

    NativeTask {
        ports = List.copyOf(ports);
    }

    /// Where it is to listen; empty when nobody connects to it.
    Optional<PublishedPort> at() {
        return ports.stream().filter(port -> port.service().equals(service.name())).findFirst();
    }

    /// Of the service in the Compose files.
    Map<String, String> environment() {
        var environment = new LinkedHashMap<String, String>();
        inventory.named(service.name()).ifPresent(known -> known.service().environment()
                .forEach((name, value) -> environment.put(name, value.value())));
        return environment;
    }

    /// A rendered file of the service.
    Optional<String> rendered(String name) throws IOException {
        var file = stack.directory().resolve(service.name()).resolve(name);
        return Files.isRegularFile(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    }

    /// The lock's settings, in the form of a configuration file, for what has no rendered one.
    String settings(String between) {
        return service.settings().stream().filter(setting -> setting.name().matches("[a-z_-]+")
                && !setting.name().equals("shm_size")).map(setting -> setting.name() + between + setting.value() + "\n")
                .collect(Collectors.joining());
    }

    /// Runs something under the server's account.
    Shell.Result run(List<String> words) {
        var all = new ArrayList<>(account.words());
        all.addAll(words);
        return shell.run(new Command(all, IN_ENGLISH, "", LONGEST));
    }
}
