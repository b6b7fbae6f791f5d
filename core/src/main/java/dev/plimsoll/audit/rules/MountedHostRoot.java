package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.stack.Mount;
import java.util.List;
import java.util.stream.Stream;

public final class MountedHostRoot implements Rule {
    private static final List<String> SENSITIVE = List.of("/", "/etc", "/root", "/boot", "/usr", "/proc", "/sys",
            "/var/lib/docker", "/home", "/dev");

    @Override
    public About about() {
        return new About("SEC010", "mounted-host-directory", Severity.HIGH, Confidence.CERTAIN,
                "A container can write to the server's own directories.",
                "With `/`, `/etc` or `/root` writable a hole in the program is root on the server: it adds a key, a "
                        + "cron entry, a password. High for `/`, `/etc` and `/root`, medium for the others.",
                "Mount only the directory the program needs, and `:ro` where it only reads.",
                "https://docs.docker.com/engine/storage/bind-mounts/");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return inventory.running().flatMap(service -> service.service().mounts().stream()
                .filter(mount -> mount.type() == Mount.Type.BIND && !mount.readOnly())
                .filter(mount -> mount.source().filter(SENSITIVE::contains).isPresent())
                .filter(mount -> !isHarmless(service, mount)).limit(1)
                .map(mount -> {
                    var source = mount.source().orElse("");
                    var severity = List.of("/", "/etc", "/root").contains(source) ? Severity.HIGH : Severity.MEDIUM;
                    return finding(service, severity, mount.where(), service.name() + " can write to " + source
                            + " of the server", "Mount only what it needs, with :ro where it only reads");
                }));
    }

    /// Device and process file systems of monitoring agents and of privileged containers, said elsewhere.
    private static boolean isHarmless(Recognised service, Mount mount) {
        var source = mount.source().orElse("");
        return List.of("/proc", "/sys", "/dev").contains(source)
                && (Bystanders.is(service) || service.service().isPrivileged());
    }
}
