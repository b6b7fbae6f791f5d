package dev.plimsoll.render;

import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.kinds.Role;
import dev.plimsoll.stack.Port;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Ports of databases, consoles and exporters on the loopback interface; the entrances of the stack stay open.
final class ServicePorts implements Renderer {
    @Override
    public Part render(Task task, Secrets secrets) {
        var patches = new ArrayList<Patch>();
        var notes = new ArrayList<String>();
        for (var planned : task.plan().services()) {
            var service = task.recognised(planned);
            if (service.service().ports().stream().noneMatch(ServicePorts::isOpen)) {
                continue;
            }
            if (belongsInside(service, task)) {
                patches.add(Patch.replace(service.name(), List.of("ports"), service.service().ports().stream()
                        .map(ServicePorts::bound).toList(),
                        ""));
            } else if (service.role() == Role.STORAGE) {
                notes.add(service.name() + ": its ports stay open to other machines, as browsers may fetch files "
                        + "there; bind them to 127.0.0.1 if they do not.");
            }
        }
        return new Part(List.of(), patches, Map.of(), notes);
    }

    private static boolean belongsInside(Recognised service, Task task) {
        if (task.profile() == Profile.DEVELOPMENT) {
            return true;
        }
        return switch (service.role()) {
            case DATABASE, CACHE, BROKER, SEARCH, POOLER, MONITORING, EXPORTER, TOOL -> true;
            case STORAGE, PROXY -> false;
            case APP, WORKER -> hasProxy(service, task);
        };
    }

    /// Whether a proxy with open ports of its own passes requests on to the service.
    private static boolean hasProxy(Recognised service, Task task) {
        return task.plan().inventory().clientsOf(service).stream().anyMatch(client -> client.role() == Role.PROXY
                && client.service().ports().stream().anyMatch(ServicePorts::isOpen));
    }

    /// Whether it is bound to every interface. An address of a private network or VPN is a decision of the owner.
    static boolean isOpen(Port port) {
        return port.hostIp().filter(ip -> !ip.equals("0.0.0.0") && !ip.equals("::") && !ip.equals("[::]")).isEmpty();
    }

    private static String bound(Port port) {
        var address = isOpen(port) ? "127.0.0.1" : port.hostIp().orElseThrow();
        return (address.contains(":") && !address.startsWith("[") ? "[" + address + "]" : address) + ":"
                + port.published().orElse("") + ":" + port.target()
                + (port.protocol().equals("tcp") ? "" : "/" + port.protocol());
    }
}
