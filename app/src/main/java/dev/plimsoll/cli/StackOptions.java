package dev.plimsoll.cli;

import dev.plimsoll.compose.ComposeLoader;
import dev.plimsoll.compose.DotEnv;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.lock.Lock;
import dev.plimsoll.lock.LockReader;
import dev.plimsoll.lock.LockedService;
import dev.plimsoll.run.Credentials;
import dev.plimsoll.run.RenderedStack;
import dev.plimsoll.source.InputException;
import dev.plimsoll.source.Location;
import dev.plimsoll.stack.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Parameters;

/// Which rendered stack a command is about; shared by every command that looks at a running one.
final class StackOptions {
    @Parameters(paramLabel = "DIR", arity = "0..1", defaultValue = "plimsoll", description = "What `plimsoll render` "
            + "wrote; ${DEFAULT-VALUE} unless named.")
    private Path directory = Path.of("plimsoll");

    /// @throws InputException when there is no lock
    RenderedStack stack() {
        var file = directory.resolve(Lock.FILE_NAME);
        try {
            return new RenderedStack(directory, LockReader.read(file.toString(), Files.readString(file)));
        } catch (IOException absent) {
            throw new InputException(Location.ofFile(file.toString()), "there is no rendered stack here",
                    "Write one with `plimsoll render`, or name its directory");
        }
    }

    /// The stack as it will run: the user's Compose files with the rendered one over them.
    ///
    /// @throws InputException when a rendered service is not in it, or one that was not rendered is: what is not known
    /// cannot be kept apart from the user's own data
    static Inventory inventory(RenderedStack stack, Map<String, String> environment) {
        var inventory = Inventory.of(load(stack, stack.composeFiles(), environment), stack.lock().host());
        stack.lock().services().stream().map(LockedService::name).filter(name -> inventory.named(name).isEmpty())
                .findFirst().ifPresent(name -> {
                    throw new InputException(Location.ofFile(stack.lockFile().toString()), "the service " + name
                            + " was rendered, and the Compose files as they are now do not start it",
                            "Run `plimsoll render` again, with the --profile that it needs");
                });
        var known = Stream.concat(stack.lock().services().stream().map(LockedService::name), stack.lock().leftOut()
                .stream()).toList();
        inventory.running().map(Recognised::name).filter(name -> !known.contains(name)).findFirst().ifPresent(name -> {
            throw new InputException(Location.ofFile(stack.lockFile().toString()), "the Compose files as they are now "
                    + "start the service " + name + ", which was not rendered", "Run `plimsoll render` again");
        });
        return inventory;
    }

    static Stack load(RenderedStack stack, List<Path> composeFiles, Map<String, String> environment) {
        var root = stack.projectDirectory();
        return ComposeLoader.load(new DiskFiles(root), new ComposeLoader.Request(relative(root, composeFiles),
                relative(root, stack.envFiles()), environment, stack.lock().composeProfiles(),
                Optional.of(stack.lock().project()), stack.lock().project()));
    }

    /// What the stack's own env files say about passwords.
    static Credentials credentials(RenderedStack stack, Map<String, String> environment) {
        var variables = new LinkedHashMap<String, String>();
        for (var file : stack.envFiles()) {
            try {
                DotEnv.read(file.toString(), Files.readString(file), environment)
                        .forEach((name, value) -> variables.put(name, value.value()));
            } catch (IOException unreadable) {
                throw new InputException(Location.ofFile(file.toString()), "the env file cannot be read",
                        "Check its permissions");
            }
        }
        return new Credentials(variables);
    }

    private static List<String> relative(Path root, List<Path> files) {
        return files.stream().map(file -> root.relativize(file).toString().replace('\\', '/')).toList();
    }
}
