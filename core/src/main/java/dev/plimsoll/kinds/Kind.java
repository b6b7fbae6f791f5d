package dev.plimsoll.kinds;

import dev.plimsoll.stack.Host;
import dev.plimsoll.stack.Service;
import dev.plimsoll.stack.Stack;
import dev.plimsoll.units.MemorySize;
import java.util.List;
import java.util.Optional;

/// What Plimsoll knows about one family of services. Each kind is one class, listed in [Kinds].
public interface Kind {
    /// As written in `x-plimsoll: kind:`; lower case, words joined by `-`.
    String id();

    /// What the service is for; some kinds serve several roles.
    Role role();

    /// Whether a service is of this kind, judged by its image, command and environment.
    boolean recognises(Clues clues);

    /// Whether something hints at it that services of other kinds have too; asked when none recognises the service.
    default boolean suspects(Clues clues) {
        return false;
    }

    /// Ports it listens on in the container, the main one first. Empty when it depends on the program.
    default List<Integer> ports() {
        return List.of();
    }

    /// Directories in the container whose loss is a loss of data.
    default List<String> dataPaths(Service service) {
        return List.of();
    }

    /// The hints of `x-plimsoll` that change what is planned for it, besides those that every kind has. By
    /// `connections` an application says how large its pool is.
    default List<String> heeds() {
        return role() == Role.APP || role() == Role.WORKER ? List.of("connections") : List.of();
    }

    /// The parent process of a pool of workers; empty for kinds that are none.
    default Optional<MemorySize> parent() {
        return Optional.empty();
    }

    /// The settings it runs with: image defaults, config files, environment and flags in the image's own precedence.
    default Settings settings(Stack stack, Clues clues) {
        return Settings.NONE;
    }

    /// The value of a planned setting where nobody sets it, if that does not depend on the server.
    default Optional<String> builtIn(Recognised service, String setting) {
        return service.settings().get(setting).filter(found -> found.origin() == Setting.Origin.DEFAULT)
                .map(Setting::value);
    }

    /// What one container needs with those settings.
    Demand demand(Recognised service, Host host);

    /// How its memory could be planned.
    Sizing sizing(Recognised service, Host host);
}
