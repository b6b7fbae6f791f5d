package dev.plimsoll.run.natively;

import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.OneShots;
import dev.plimsoll.lock.Lock;
import dev.plimsoll.lock.LockedService;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The services of a stack that run as processes, and the programs that they are.
record Roster(Lock lock, Inventory inventory) {
    /// Servers first, then commands, each after what it depends on.
    List<LockedService> inOrder() {
        var services = lock.services().stream().filter(service -> service.replicas() > 0
                && program(service).isPresent()).toList();
        var ordered = new LinkedHashMap<String, LockedService>();
        services.stream().filter(service -> NativeProgram.of(service).isPresent())
                .forEach(service -> ordered.put(service.name(), service));
        services.forEach(service -> add(service, services, ordered, new HashSet<>()));
        return List.copyOf(ordered.values());
    }

    private void add(LockedService service, List<LockedService> all, Map<String, LockedService> ordered,
            Set<String> waiting) {
        if (ordered.containsKey(service.name()) || !waiting.add(service.name())) {
            return;
        }
        inventory.named(service.name()).stream().flatMap(known -> known.service().dependencies().stream())
                .flatMap(needed -> all.stream().filter(other -> other.name().equals(needed.service())))
                .forEach(needed -> add(needed, all, ordered, waiting));
        ordered.put(service.name(), service);
    }

    Optional<NativeProgram> program(LockedService service) {
        return inventory.named(service.name()).filter(known -> !known.hints().nativeCommand().isEmpty())
                .<NativeProgram>map(known -> CommandProgram.of(known.service(), known.hints().nativeCommand()))
                .or(() -> NativeProgram.of(service));
    }

    List<String> notRun() {
        return lock.services().stream().filter(service -> program(service).isEmpty())
                .map(service -> service.name() + ": " + service.kind() + " needs a container").toList();
    }

    boolean isCommand(String service) {
        return lock.service(service).flatMap(this::program).filter(CommandProgram.class::isInstance)
                .isPresent();
    }

    /// Whether it is a job of the user's, whose end is no failure.
    boolean mayEnd(LockedService service) {
        return NativeProgram.of(service).isEmpty() && inventory.named(service.name())
                .filter(known -> OneShots.is(known, inventory)).isPresent();
    }

    /// Whether others wait until such a job has done its work.
    boolean isAwaited(LockedService service) {
        return mayEnd(service) && inventory.named(service.name())
                .filter(job -> OneShots.isAwaitedToTheEnd(job, inventory)).isPresent();
    }
}
