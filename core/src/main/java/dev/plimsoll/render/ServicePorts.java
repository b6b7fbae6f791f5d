package dev.plimsoll.render;

import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.kinds.Role;
import dev.plimsoll.stack.Port;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Ports of databases, consoles and exporters on the loopback interface, and of applications those that a proxy serves;
/// the entrances of the stack stay open.
final class ServicePorts implements Renderer {
    @Override
    public Part render(Task task, Secrets secrets) {
        var patches = new ArrayList<Patch>();
        var notes = new ArrayList<String>();
        for (var planned : task.plan().services()) {
            var service = task.recognised(planned);
            var ports = service.service().ports();
            var closed = closed(service, task);
            if (!closed.isEmpty()) {
                patches.add(Patch.replace(service.name(), List.of("ports"), ports.stream()
                        .map(port -> closed.contains(port) ? bound(port) : written(port)).toList(), ""));
                notes.add(note(service, closed));
            } else if (service.role() == Role.STORAGE && ports.stream().anyMatch(ServicePorts::isOpen)) {
                notes.add(service.name() + ": its ports stay open to other machines, as browsers may fetch files "
                        + "there; bind them to 127.0.0.1 if they do not.");
            }
        }
        return new Part(List.of(), patches, Map.of(), notes);
    }

    private static List<Port> closed(Recognised service, Task task) {
        var open = service.service().ports().stream().filter(ServicePorts::isOpen).toList();
        if (task.profile() == Profile.DEVELOPMENT) {
            return open;
        }
        return switch (service.role()) {
            case DATABASE, CACHE, BROKER, SEARCH, POOLER, MONITORING, EXPORTER, TOOL -> open;
            case STORAGE, PROXY -> List.of();
            case APP, WORKER -> ProxiedPorts.of(service, open, task.plan().inventory());
        };
    }

    private static String note(Recognised service, List<Port> closed) {
        var numbers = closed.stream().map(Port::toString).collect(Collectors.joining(", "));
        return service.name() + ": " + (closed.size() == 1
                ? "port " + numbers + " answers"
                : "ports " + numbers
                        + " answer")
                + " on 127.0.0.1 only, so that other machines no longer reach " + (closed.size() == 1
                        ? "it"
                        : "them")
                + "; to keep one open, bind it to an address of the server in `ports`.";
    }

    /// Whether it is bound to every interface. An address of a private network or VPN is a decision of the owner.
    static boolean isOpen(Port port) {
        return port.hostIp().filter(ip -> !ip.equals("0.0.0.0") && !ip.equals("::") && !ip.equals("[::]")).isEmpty();
    }

    private static String bound(Port port) {
        return text(port, "127.0.0.1:");
    }

    private static String written(Port port) {
        return text(port, port.hostIp().map(address -> (address.contains(":") && !address.startsWith("[")
                ? "[" + address + "]"
                : address) + ":").orElse(""));
    }

    /// @param address with the colon behind it, or empty
    private static String text(Port port, String address) {
        var published = port.published().map(number -> number + ":").orElse(address.isEmpty() ? "" : ":");
        return address + published + port.target() + (port.protocol().equals("tcp") ? "" : "/" + port.protocol());
    }
}
