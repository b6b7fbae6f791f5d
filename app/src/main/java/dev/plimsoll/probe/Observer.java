package dev.plimsoll.probe;

import dev.plimsoll.lock.Lock;
import dev.plimsoll.observe.CgroupProbe;
import dev.plimsoll.observe.CgroupReading;
import dev.plimsoll.observe.Container;
import dev.plimsoll.observe.Observation;
import dev.plimsoll.observe.Observations;
import dev.plimsoll.observe.Observations.Unobserved;
import dev.plimsoll.observe.Probe;
import dev.plimsoll.observe.Question;
import dev.plimsoll.observe.Question.Answer;
import dev.plimsoll.observe.Sight;
import dev.plimsoll.run.StackRuntime;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Runs every probe over every container, one after the other. What fails becomes a gap, never an exception: one
/// container that does not answer must not hide the others.
public final class Observer {
    private final List<Probe> probes;
    private final InstantSource clock;

    public Observer(List<Probe> probes, InstantSource clock) {
        this.probes = List.copyOf(probes);
        this.clock = clock;
    }

    /// One look at the whole stack.
    public Observations look(StackRuntime runtime, Lock lock) {
        var look = new Gathered();
        look.guarded(Optional.empty(), "container", runtime::containers, List.<Container>of())
                .forEach(container -> look(runtime, lock, container, look));
        return new Observations(look.facts, look.gaps);
    }

    private void look(StackRuntime runtime, Lock lock, Container container, Gathered look) {
        var name = Optional.of(container.service());
        var cgroup = look.guarded(name, "memory", () -> runtime.cgroup(container), Optional.<CgroupReading>empty());
        var service = lock.service(container.service());
        var asked = new Asked(runtime, container);
        for (var probe : probes) {
            var answers = new LinkedHashMap<Question, Answer>();
            var questions = service.map(planned -> look.guarded(name, probe.id(), () -> probe.questions(lock, planned,
                    container), List.<Question>of())).orElse(List.of());
            questions.forEach(question -> answers.put(question, asked.answer(question)));
            var first = new Sight(lock, service, container, cgroup, answers, clock.instant());
            look.guarded(name, probe.id(), () -> probe.more(first), List.<Question>of()).forEach(question -> answers
                    .put(question, asked.answer(question)));
            var sight = new Sight(lock, service, container, cgroup, answers, clock.instant());
            look.add(look.guarded(name, probe.id(), () -> probe.read(sight), Observations.NONE));
        }
        if (asked.anything) {
            // What the questions cost the container is no load of its own.
            look.guarded(name, "memory", () -> runtime.cgroup(container), Optional.<CgroupReading>empty()).ifPresent(
                    after -> look.facts.add(new Observation(name, container.number(), CgroupProbe.CPU_AFTER, String
                            .valueOf(after.cpu()), Observation.Unit.SECONDS, clock.instant(), "cpu.stat")));
        }
        asked.silence.ifPresent(none -> look.facts.add(new Observation(name, container.number(), "container.silent",
                none.why(), Observation.Unit.TEXT, clock.instant(), "asking it")));
    }

    /// One container in one look. Who says nothing twice is asked nothing more: each question would take as long.
    private static final class Asked {
        private final StackRuntime runtime;
        private final Container container;
        private Optional<Answer.None> silence = Optional.empty();
        private boolean anything;

        Asked(StackRuntime runtime, Container container) {
            this.runtime = runtime;
            this.container = container;
        }

        Answer answer(Question question) {
            if (silence.isPresent()) {
                return silence.get();
            }
            anything = true;
            var answer = ask(runtime, container, question);
            if (answer instanceof Answer.None first && first.silent()) {
                // Once more, as the machine that asks may be the slow one.
                answer = ask(runtime, container, question);
                silence = Optional.of(answer).filter(second -> second instanceof Answer.None none && none.silent()).map(
                        Answer.None.class::cast);
            }
            return answer;
        }
    }

    private static Answer ask(StackRuntime runtime, Container container, Question question) {
        try {
            return runtime.ask(container, question);
        } catch (RuntimeException failed) {
            return new Answer.None(words(failed));
        }
    }

    private static String words(RuntimeException failed) {
        return Optional.ofNullable(failed.getMessage()).flatMap(text -> text.lines().findFirst())
                .orElse(failed.getClass().getSimpleName());
    }

    /// What the look has given so far.
    private static final class Gathered {
        final List<Observation> facts = new ArrayList<>();
        final List<Unobserved> gaps = new ArrayList<>();

        void add(Observations more) {
            facts.addAll(more.facts());
            gaps.addAll(more.gaps());
        }

        <T> T guarded(Optional<String> service, String what, Supplier<T> step, T otherwise) {
            try {
                return step.get();
            } catch (RuntimeException failed) {
                gaps.add(new Unobserved(service, what, words(failed)));
                return otherwise;
            }
        }
    }
}
