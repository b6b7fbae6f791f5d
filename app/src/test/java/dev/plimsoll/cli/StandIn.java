package dev.plimsoll.cli;

import dev.plimsoll.observe.CgroupReading;
import dev.plimsoll.observe.Container;
import dev.plimsoll.observe.Question;
import dev.plimsoll.observe.Question.Answer;
import dev.plimsoll.run.StackRuntime;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// A running stack whose containers answer no questions.
record StandIn(List<Container> containers, Function<Container, Optional<CgroupReading>> cgroups)
        implements
            StackRuntime {
    StandIn {
        containers = List.copyOf(containers);
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
