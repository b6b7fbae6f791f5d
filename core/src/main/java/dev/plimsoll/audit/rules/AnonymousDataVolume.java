package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.Role;
import dev.plimsoll.stack.Mount;
import java.util.stream.Stream;

public final class AnonymousDataVolume implements Rule {
    @Override
    public About about() {
        return new About("REL007", "anonymous-data-volume", Severity.CRITICAL, Confidence.CERTAIN,
                "A service stores its data in an anonymous volume.",
                "A path without a source makes a new volume with a random name each time the container is made anew: "
                        + "after `down` and `up` the database is empty, and the old data lies in a volume nobody "
                        + "names. Critical for databases and object stores, medium for others.",
                "Name the volume and declare it under the top-level `volumes`.",
                "https://docs.docker.com/engine/storage/volumes/#named-and-anonymous-volumes");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return inventory.running().filter(service -> service.role().isStateful())
                .flatMap(service -> DataDirectories.mount(service).filter(Mount::isAnonymous).map(mount -> {
                    var severity = service.role() == Role.DATABASE || service.role() == Role.STORAGE
                            ? Severity.CRITICAL
                            : Severity.MEDIUM;
                    return finding(service, severity, mount.where(), service.name() + " keeps its data in "
                            + mount.target() + ", an anonymous volume: after down and up it starts empty",
                            "Write " + service.name() + "-data:" + mount.target() + " and declare " + service.name()
                                    + "-data under volumes");
                }).stream());
    }
}
