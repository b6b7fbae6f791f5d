package dev.plimsoll.run.docker;

import dev.plimsoll.observe.CgroupReading;
import dev.plimsoll.observe.Container;
import dev.plimsoll.observe.Question;
import dev.plimsoll.observe.Question.Answer;
import dev.plimsoll.run.CgroupFinder;
import dev.plimsoll.run.Credentials;
import dev.plimsoll.run.EnvironmentException;
import dev.plimsoll.run.Http;
import dev.plimsoll.run.Shell;
import dev.plimsoll.run.StackRuntime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A Compose project in a Docker Engine, looked at through the user's `docker` client.
public final class DockerRuntime implements StackRuntime {
    private final Shell shell;
    private final String project;
    private final String description;
    private final Consoles consoles;
    private final Http http = new Http();
    private final Contents contents;
    private final DockerCgroups cgroups;
    /// As of the last look; a question about a container not among them looks again.
    private volatile List<Inspected> last = List.of();

    private DockerRuntime(Shell shell, String project, Credentials credentials, String description) {
        this.shell = shell;
        this.project = project;
        this.description = description;
        this.consoles = new Consoles(shell, credentials);
        this.contents = new Contents(shell, http);
        this.cgroups = new DockerCgroups(shell, CgroupFinder.HERE);
    }

    /// @param environment the shell's variables
    /// @throws EnvironmentException when no engine answers
    public static DockerRuntime open(Shell shell, String project, Credentials credentials,
            Map<String, String> environment) {
        var engine = Engine.required(shell);
        var compose = Compose.find(shell, environment).map(found -> ", " + found).orElse("");
        return new DockerRuntime(shell, project, credentials,
                engine + compose + ", cgroup v" + engine.cgroupVersion());
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public String project() {
        return project;
    }

    @Override
    public List<Container> containers() {
        last = inspected();
        return last.stream().map(Inspected::container).toList();
    }

    @Override
    public Optional<CgroupReading> cgroup(Container container) {
        return container.isRunning() ? find(container).flatMap(cgroups::reading) : Optional.empty();
    }

    @Override
    public Answer ask(Container container, Question question) {
        if (!container.isRunning()) {
            return new Answer.None("the container does not run: " + container.state());
        }
        return switch (question) {
            case Question.Sql sql -> consoles.sql(container, sql);
            case Question.Redis redis -> consoles.redis(container, redis);
            case Question.PoolerConsole pooler -> consoles.pooler(container, pooler, postgres());
            case Question.Http get -> find(container).map(found -> contents.http(found, get, cgroups.isHere(found)))
                    .orElseGet(() -> new Answer.None("the container is gone"));
            case Question.FileText file -> contents.file(container, file);
        };
    }

    @Override
    public void close() {
        http.close();
    }

    /// A running container of the project that has Postgres' client.
    private Optional<Container> postgres() {
        return last.stream().map(Inspected::container).filter(Container::isRunning)
                .filter(container -> container.environment().containsKey("PG_MAJOR")
                        || container.environment().containsKey("POSTGRES_PASSWORD"))
                .findFirst();
    }

    /// The container as it is now: after a restart its process is another one.
    private Optional<Inspected> find(Container container) {
        var known = last.stream().filter(one -> one.container().id().equals(container.id())).findFirst();
        if (known.filter(cgroups::isHere).isPresent()) {
            return known;
        }
        last = inspected();
        return last.stream().filter(one -> one.container().id().equals(container.id())).findFirst();
    }

    private List<Inspected> inspected() {
        return inspected(shell, project);
    }

    /// @throws EnvironmentException when the engine no longer answers
    static List<Inspected> inspected(Shell shell, String project) {
        // A container may vanish between the two commands; then the list is asked for again.
        for (var attempt = 0;; attempt++) {
            var listed = shell.run(Docker.containers(project));
            if (!listed.succeeded()) {
                throw new EnvironmentException("The Docker Engine does not list containers: " + listed.reason(),
                        "Check that it runs");
            }
            var ids = listed.out().lines().map(String::strip).filter(id -> !id.isEmpty()).toList();
            if (ids.isEmpty()) {
                return List.of();
            }
            var answer = shell.run(Docker.inspect(ids));
            if (answer.succeeded()) {
                return Inspected.all(answer.out());
            }
            if (attempt == 2) {
                throw new EnvironmentException("The Docker Engine does not describe its containers: "
                        + answer.reason(), "Check that it runs");
            }
        }
    }
}
