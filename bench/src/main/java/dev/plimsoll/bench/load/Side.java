package dev.plimsoll.bench.load;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A contestant with its cgroup, the bound of its disk if there is one, and its copy of the data.
record Side(Contestant contestant, Cgroup group, Optional<DiskLimit> disk, Path directory, Installation installation) {
    static Side of(Contestant contestant, Path directory, Options options, Installation installation)
            throws IOException {
        var name = "plimsoll-bench-" + ProcessHandle.current().pid() + "-" + contestant.id();
        var group = Cgroup.create(name, options.limit());
        var disk = options.disk().isPresent()
                ? Optional.of(DiskLimit.create(name, directory, options.disk().get(), group))
                : Optional.<DiskLimit>empty();
        return new Side(contestant, group, disk, directory.resolve(contestant.id()), installation);
    }

    private List<String> joining() {
        return Stream.concat(disk.stream().flatMap(limit -> limit.joining().stream()), group.joining().stream())
                .toList();
    }

    void remove() throws IOException {
        if (disk.isPresent()) {
            disk.get().remove();
        }
        group.remove();
    }

    /// Starts its server, sends a load at it and stops it.
    Outcome run(Step step, Template template, Sizes sizes, Duration window) throws IOException, InterruptedException {
        var killed = group.oomKills();
        try (var server = Server.start(installation, directory, contestant.flags(), joining())) {
            server.psql("CHECKPOINT").succeed();
            try (var watch = PeakWatch.on(group)) {
                var builds = step.kind() == Step.Kind.BUILD
                        ? Optional.of(IndexBuilds.on(server, window))
                        : Optional.<IndexBuilds>empty();
                var sent = send(server, step, template, sizes, window);
                var build = builds.isPresent() ? builds.get().middle() : Optional.<Duration>empty();
                return Outcome.of(sent, build, group.oomKills() - killed, watch.peak());
            }
        }
    }

    private Clients.Sent send(Server server, Step step, Template template, Sizes sizes, Duration window)
            throws IOException, InterruptedException {
        var load = step.load(template.directory(), sizes);
        if (!contestant.pools(step.clients())) {
            return new Clients(installation, server, server.directory(), step.clients(), load).send(window);
        }
        try (var pooler = Pooler.before(server, contestant.poolSize(), step.clients())) {
            return new Clients(installation, server, pooler.directory(), step.clients(), load).send(window);
        }
    }
}
