package dev.plimsoll.render;

import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.kinds.Role;
import dev.plimsoll.source.Located;
import dev.plimsoll.stack.FileReference;
import dev.plimsoll.stack.Mount;
import dev.plimsoll.stack.Port;
import dev.plimsoll.stack.Stack;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The published ports of an application that a proxy of the stack serves too. Mail, SSH and the like pass no proxy, so
/// only the ports count that it names, or those that usually speak HTTP when it names none.
final class ProxiedPorts {
    private static final Set<Integer> USUAL = Set.of(80, 443, 3000, 3001, 4000, 5000, 8000, 8008, 8080, 8081, 8088,
            8090, 8443, 8888, 9000);

    private ProxiedPorts() {}

    static List<Port> of(Recognised service, List<Port> open, Inventory inventory) {
        var proxies = inventory.clientsOf(service).stream().filter(client -> client.role() == Role.PROXY
                && client.service().ports().stream().anyMatch(ServicePorts::isOpen)).toList();
        if (proxies.isEmpty()) {
            return List.of();
        }
        var named = proxies.stream().flatMap(proxy -> named(service, proxy, inventory.stack())).collect(Collectors
                .toSet());
        return open.stream().filter(port -> port.protocol().equals("tcp")
                && (named.isEmpty() ? USUAL : named).contains(port.target())).toList();
    }

    /// The ports behind the service's name in what the proxy is told.
    private static Stream<Integer> named(Recognised service, Recognised proxy, Stack stack) {
        var address = Pattern.compile("(?<![A-Za-z0-9_.-])" + Pattern.quote(service.name()) + ":(\\d{1,5})(?!\\d)");
        return texts(proxy, stack).flatMap(text -> address.matcher(text).results()).map(match -> Integer.valueOf(match
                .group(1)));
    }

    private static Stream<String> texts(Recognised proxy, Stack stack) {
        var service = proxy.service();
        var words = proxy.clues().invocations().stream().flatMap(run -> run.arguments().stream()).map(Located::value);
        var values = service.environment().values().stream().map(Located::value);
        var paths = Stream.concat(service.mounts().stream().map(Mount::target), service.files().stream()
                .map(FileReference::target));
        var files = paths.map(path -> stack.fileAt(service, path)).flatMap(Optional::stream)
                .flatMap(file -> file.text().stream());
        return Stream.of(words, values, files).flatMap(texts -> texts);
    }
}
