package dev.plimsoll.bench.load;

import dev.plimsoll.units.MemorySize;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// A contestant with its cgroup and its copy of the data.
record Side(Contestant contestant, Cgroup group, Path directory, Installation installation) {
    static Side of(Contestant contestant, Path directory, MemorySize limit, Installation installation)
            throws IOException {
        var name = "plimsoll-bench-" + ProcessHandle.current().pid() + "-" + contestant.id();
        return new Side(contestant, Cgroup.create(name, limit), directory.resolve(contestant.id()), installation);
    }

    /// Starts its server, sends a load at it and stops it.
    Outcome run(Step step, Template template, Sizes sizes, Duration window) throws IOException, InterruptedException {
        var killed = group.oomKills();
        try (var server = Server.start(installation, directory, contestant.flags(), group.joining())) {
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
