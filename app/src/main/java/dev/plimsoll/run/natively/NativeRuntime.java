package dev.plimsoll.run.natively;

import dev.plimsoll.observe.CgroupReading;
import dev.plimsoll.observe.Container;
import dev.plimsoll.observe.Container.MountedAt;
import dev.plimsoll.observe.Question;
import dev.plimsoll.observe.Question.Answer;
import dev.plimsoll.run.CgroupFinder;
import dev.plimsoll.run.Credentials;
import dev.plimsoll.run.Http;
import dev.plimsoll.run.RenderedStack;
import dev.plimsoll.run.Shell;
import dev.plimsoll.run.StackRuntime;
import dev.plimsoll.run.State;
import dev.plimsoll.run.State.NativeProcess;
import dev.plimsoll.units.MemorySize;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A stack of native processes.
public final class NativeRuntime implements StackRuntime {
    /// Where rendered configuration lies in containers.
    private static final String CONFIGURATION = "/etc/plimsoll";

    private final RenderedStack stack;
    private final State state;
    private final Credentials credentials;
    private final Http http = new Http();

    public NativeRuntime(RenderedStack stack, State state, Credentials credentials) {
        this.stack = stack;
        this.state = state;
        this.credentials = credentials;
    }

    @Override
    public String description() {
        var programs = state.processes().stream().map(NativeProcess::program).distinct().toList();
        return "native processes (" + String.join(", ", programs) + "), "
                + state.limits().description();
    }

    @Override
    public String project() {
        return state.project();
    }

    @Override
    public List<Container> containers() {
        return state.processes().stream().map(this::container).sorted(Comparator.comparing(Container::service))
                .toList();
    }

    private Container container(NativeProcess process) {
        var alive = Processes.isAlive(process);
        var reading = alive ? CgroupFinder.HERE.reading(process.pid()) : Optional.<CgroupReading>empty();
        var image = stack.lock().service(process.service()).flatMap(service -> service.image())
                .orElse(process.program());
        var limit = state.limits().enforced()
                ? reading.flatMap(CgroupReading::limit)
                : Optional.<MemorySize>empty();
        var ending = alive ? Optional.<Integer>empty() : Ending.of(state, process.service()).code();
        return new Container(process.service(), 1, String.valueOf(process.pid()), image, alive ? "running" : "exited",
                Optional.empty(), 0, Optional.of(Instant.ofEpochMilli(process.startedAt())), ending,
                !alive && OomKills.of(state, process
                        .service()) > 0,
                limit, Optional.empty(), limit, Optional.empty(), Optional.empty(), Optional.empty(), 0, "", false,
                process.environment(), process.command(),
                List.of(new MountedAt("bind", home(process).toString(), CONFIGURATION, true)),
                state.ports().stream().filter(port -> port.service().equals(process.service()))
                        .map(port -> new Container.PublishedPort(port.host(), port.published(), port.target()))
                        .toList());
    }

    /// Without cgroups of its own a process shares that of the shell, whose figures say nothing about it.
    @Override
    public Optional<CgroupReading> cgroup(Container container) {
        return state.limits().enforced()
                ? process(container).filter(Processes::isAlive)
                        .flatMap(process -> CgroupFinder.HERE.reading(process.pid()))
                : Optional.empty();
    }

    @Override
    public Answer ask(Container container, Question question) {
        var process = process(container).filter(Processes::isAlive);
        if (process.isEmpty()) {
            return new Answer.None("the process has ended");
        }
        return switch (question) {
            case Question.Sql sql -> server(container).map(at -> new Postgres(at,
                    container.environment()).ask(sql.database(), sql.statement())).orElseGet(NativeRuntime::noServer);
            case Question.Redis redis -> server(container).map(at -> RedisWire.of(at)
                    .ask(credentials.redis(container), redis.words())).orElseGet(NativeRuntime::noServer);
            case Question.PoolerConsole _ -> noServer();
            case Question.Http get -> server(container).filter(at -> at.target() == get.port())
                    .map(at -> http.get(at.host(), at
                            .published(), get.path()))
                    .orElseGet(NativeRuntime::noServer);
            case Question.FileText file -> file(process.get(), file.path());
        };
    }

    private static Answer noServer() {
        return new Answer.None("the service has no such server");
    }

    /// Files of the rendered configuration lie in the service's directory; others are those of this machine.
    private Answer file(NativeProcess process, String path) {
        var file = path.startsWith(CONFIGURATION + "/")
                ? home(process).resolve(path.substring(CONFIGURATION.length() + 1))
                : Path.of(path);
        try (var stream = Files.newInputStream(file)) {
            return new Answer.Text(new String(stream.readNBytes(Shell.MOST_OUTPUT), StandardCharsets.UTF_8));
        } catch (IOException absent) {
            return new Answer.None(path + " cannot be read");
        }
    }

    @Override
    public Optional<Path> logs() {
        return Optional.of(Path.of(state.data()));
    }

    private Path home(NativeProcess process) {
        return Path.of(state.data(), process.service());
    }

    /// Where it listens: every process has one port at most.
    private Optional<State.PublishedPort> server(Container container) {
        return state.ports().stream().filter(port -> port.service().equals(container.service())).findFirst();
    }

    private Optional<NativeProcess> process(Container container) {
        return state.processes().stream().filter(one -> String.valueOf(one.pid()).equals(container.id())).findFirst();
    }

    @Override
    public void close() {
        http.close();
    }
}
