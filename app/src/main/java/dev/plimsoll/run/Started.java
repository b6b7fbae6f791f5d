package dev.plimsoll.run;

import dev.plimsoll.observe.Container;
import java.util.List;

/// How starting a stack ended.
///
/// @param containers as seen last
/// @param problems what is wrong, each with the last lines that the service printed; empty when all runs
/// @param notRun services that this runtime cannot run, each with the reason
/// @param notes what differs from the user's stack, one sentence each
public record Started(List<Container> containers, List<Problem> problems, List<String> notRun, List<String> notes) {
    public Started {
        containers = List.copyOf(containers);
        problems = List.copyOf(problems);
        notRun = List.copyOf(notRun);
        notes = List.copyOf(notes);
    }

    /// @param what one sentence
    /// @param log the last lines of output; empty when there is none
    public record Problem(String what, List<String> log) {
        public Problem {
            log = List.copyOf(log);
        }
    }

    public boolean succeeded() {
        return problems.isEmpty();
    }
}
