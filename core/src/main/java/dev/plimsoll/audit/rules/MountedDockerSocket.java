package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.stack.Mount;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

public final class MountedDockerSocket implements Rule {
    private static final Pattern SOCKET = Pattern.compile("/(?:var/)?run/(?:docker|podman/podman|"
            + "containerd/containerd)\\.sock");
    private static final Pattern PARENT = Pattern.compile("/(?:var/)?run|/var|/run/podman|/run/containerd");
    /// Programs whose work is to read the engine's state.
    private static final Pattern READERS = Pattern.compile("traefik|dozzle|promtail|alloy|grafana-agent|cadvisor|"
            + "homepage|glances|docker-socket-proxy|nginx-proxy|docker-gen|netdata|telegraf|beszel-agent|vector|"
            + "fluent-bit|agent|homarr|dockge|acme-companion|filebeat|metricbeat|diun|swag|uptime-kuma|logspout");

    @Override
    public About about() {
        return new About("SEC006", "mounted-docker-socket", Severity.HIGH, Confidence.CERTAIN,
                "A container can talk to the container engine.",
                "Whoever controls the socket starts a container with the server's root directory in it: it is root on "
                        + "the server. `:ro` protects the file, not the API behind it. Medium when mounted read-only, "
                        + "low for programs whose work is to read the engine's state.",
                "Put a socket proxy in between that lets only the needed calls through, or remove the mount.",
                "https://docs.docker.com/engine/security/#docker-daemon-attack-surface");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return inventory.running().flatMap(service -> socket(service).map(mount -> {
            var reads = service.clues().imageNameMatches(READERS);
            var severity = mount.readOnly() ? (reads ? Severity.LOW : Severity.MEDIUM) : Severity.HIGH;
            var whole = mount.source().filter(source -> PARENT.matcher(trimmed(source)).matches()).isPresent();
            return finding(service, severity, mount.where(), service.name() + " has the engine's socket"
                    + (whole ? " through " + mount.source().orElse("") : "")
                    + (mount.readOnly() ? ", read-only" : ", read-write") + ": control of it is root on the server",
                    mount.readOnly() || !reads
                            ? "Put a socket proxy in between, or remove the mount"
                            : "Mount it :ro, better put a socket proxy in between");
        }).stream());
    }

    private static Optional<Mount> socket(Recognised service) {
        return service.service().mounts().stream().filter(mount -> mount.type() == Mount.Type.BIND)
                .filter(mount -> mount.source().map(MountedDockerSocket::trimmed)
                        .filter(source -> SOCKET.matcher(source).matches() || PARENT.matcher(source).matches())
                        .isPresent())
                .findFirst();
    }

    private static String trimmed(String path) {
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
