package dev.plimsoll.run.natively;

import dev.plimsoll.run.FreePorts;
import dev.plimsoll.run.RenderedStack;
import dev.plimsoll.run.State;
import dev.plimsoll.run.State.PublishedPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Where the services of a stack listen.
record NativePorts(Roster roster) {
    /// Those of the last start are taken again, so that whoever noted one still finds the service.
    static List<PublishedPort> before(RenderedStack stack) {
        return Stream.of(State.read(stack), State.kept(stack, State.Kind.NATIVE)).flatMap(Optional::stream)
                .filter(state -> state.runtime() == State.Kind.NATIVE).flatMap(state -> state.ports().stream())
                .toList();
    }

    /// Where each service is to listen. All are known before the first one starts, as each may be told of any other.
    ///
    /// @param earlier ports of the start before
    /// @param kept what runs of it still
    List<PublishedPort> pick(List<PublishedPort> earlier, Optional<State> kept) {
        var ports = new ArrayList<>(kept.stream().flatMap(state -> state.ports().stream().filter(port -> state
                .processes().stream()
                .anyMatch(process -> process.service().equals(port.service()) && Ending.isFine(state,
                        process))))
                .toList());
        for (var service : roster.inOrder()) {
            if (ports.stream().anyMatch(port -> port.service().equals(service.name()))) {
                continue;
            }
            var program = roster.program(service).orElseThrow();
            var target = roster.inventory().named(service.name()).map(program::target).orElse(0);
            if (target > 0) {
                ports.add(port(service.name(), program, target, earlier, ports));
            }
        }
        return ports;
    }

    private static PublishedPort port(String service, NativeProgram program, int target, List<PublishedPort> earlier,
            List<PublishedPort> taken) {
        var before = earlier.stream().filter(one -> one.service().equals(service)).findFirst();
        if (program.takesAddress()) {
            var own = FreePorts.ownAddress(target, before.filter(one -> one.published() == target)
                    .map(PublishedPort::host).filter(host -> !host.equals(FreePorts.LOOPBACK)));
            if (own.isPresent()) {
                return new PublishedPort(service, target, "tcp", target, own.get());
            }
        }
        var port = FreePorts.again(before.filter(one -> one.host().equals(FreePorts.LOOPBACK))
                .map(PublishedPort::published));
        while (isTaken(port, taken)) {
            port = FreePorts.again(Optional.empty());
        }
        return new PublishedPort(service, target, "tcp", port);
    }

    private static boolean isTaken(int port, List<PublishedPort> taken) {
        return taken.stream().anyMatch(one -> one.published() == port && one.host().equals(FreePorts.LOOPBACK));
    }
}
