package dev.plimsoll.run;

import dev.plimsoll.observe.Container;
import java.util.ArrayList;
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

    /// The same, after what was started could not be removed altogether.
    ///
    /// @param left what is still there, one line each
    public Started leaving(List<String> left) {
        if (left.isEmpty()) {
            return this;
        }
        var all = new ArrayList<>(problems);
        all.add(new Problem("Not all of it could be removed again; `plimsoll down` tries once more", left));
        return new Started(containers, all, notRun, notes);
    }

    public boolean succeeded() {
        return problems.isEmpty();
    }
}
