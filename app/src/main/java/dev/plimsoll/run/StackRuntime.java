package dev.plimsoll.run;

import dev.plimsoll.observe.CgroupReading;
import dev.plimsoll.observe.Container;
import dev.plimsoll.observe.Question;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// One stack where it runs. Two implementations: the user's Docker Engine with Compose, and native processes.
public interface StackRuntime extends AutoCloseable {
    /// What it is, for reports: `Docker Engine 28.2.2, Compose 2.26.1, cgroup v2`.
    String description();

    /// Name of the Compose project that it is, or stands for.
    String project();

    /// All containers of the stack, ended ones included, sorted by service and number. Read anew at every call.
    List<Container> containers();

    /// What the container's memory cgroup says; empty when it does not run or this machine does not tell.
    Optional<CgroupReading> cgroup(Container container);

    /// Puts a question to one container. Never throws for what the container does: the answer says why there is none.
    Question.Answer ask(Container container, Question question);

    /// Where its services write what they print; empty where the engine keeps that.
    default Optional<Path> logs() {
        return Optional.empty();
    }

    @Override
    void close();
}
