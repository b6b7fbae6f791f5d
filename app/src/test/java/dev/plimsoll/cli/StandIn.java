package dev.plimsoll.cli;

import dev.plimsoll.kinds.Role;
import dev.plimsoll.lock.Lock;
import dev.plimsoll.lock.LockWriter;
import dev.plimsoll.lock.LockedService;
import dev.plimsoll.observe.CgroupReading;
import dev.plimsoll.observe.Container;
import dev.plimsoll.observe.Question;
import dev.plimsoll.observe.Question.Answer;
import dev.plimsoll.run.StackRuntime;
import dev.plimsoll.stack.Host;
import dev.plimsoll.units.MemorySize;
import dev.plimsoll.units.Millicores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// A running stack whose containers answer no questions.
record StandIn(List<Container> containers, Function<Container, Optional<CgroupReading>> cgroups)
        implements
            StackRuntime {
    StandIn {
        containers = List.copyOf(containers);
    }

    private static final MemorySize LIMIT = MemorySize.ofMegabytes(256L);

    /// Writes what was rendered of a stack with an application `api` and a `job`, each with 256 MB.
    static void render(Path directory) throws IOException {
        var services = List.of("api", "job").stream().map(name -> new LockedService(name, "unknown", Role.APP, Optional
                .of("shop"), 1, LIMIT, LIMIT, Optional.empty(), Millicores.ofCores(1), List.of())).toList();
        Files.writeString(directory.resolve(Lock.FILE_NAME), LockWriter.text(new Lock("shop", List.of("compose.yml"),
                List.of(), "production", Host.TYPICAL, MemorySize.ofGigabytes(3), services, List.of(), List.of())));
        Files.writeString(directory.resolve("compose.yml"), "services: {api: {image: shop}, job: {image: shop}}");
        Files.writeString(directory.resolve("compose.plimsoll.yml"), "services: {api: {mem_limit: 256m}}");
    }

    /// @param code of its last end
    /// @param policy of restarts
    static Container container(String service, String state, int code, String policy) {
        return new Container(service, 1, service, "shop", state, Optional.empty(), 0, Optional.of(Instant.EPOCH),
                Optional.of(code), false, Optional.of(LIMIT), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty(), 0, policy, false, Map.of(), List.of(), List.of(), List.of());
    }

    @Override
    public String project() {
        return "shop-plimsoll";
    }

    @Override
    public String description() {
        return "a stand-in";
    }

    @Override
    public Optional<CgroupReading> cgroup(Container container) {
        return cgroups.apply(container);
    }

    @Override
    public Answer ask(Container container, Question question) {
        return new Answer.None("nothing to say");
    }

    @Override
    public void close() {}
}
