package dev.plimsoll.kinds;

import dev.plimsoll.units.MemorySize;
import java.util.List;
import java.util.Optional;

/// How the memory of one service can be planned. All sizes are for one container.
///
/// The level is the lever's value (workers, connections), or 1 when the service has no lever. Minimum and useful
/// sizes hardly fall when the level rises; settings never shrink when the limit grows. None of it depends on the
/// host's memory.
public interface Sizing {
    /// The smallest limit with which the service works at this level.
    MemorySize minimum(int level);

    /// What is assumed to be needed where the minimum is less than that: only a stack that would not fit otherwise goes
    /// below, and no count of another service is raised before.
    default MemorySize assumed(int level) {
        return minimum(level);
    }

    /// The limit beyond which more memory does nothing; never below the minimum.
    MemorySize useful(int level);

    /// What to set with a limit between the two.
    Allotment at(MemorySize limit, int level);

    /// How much a doubling of its memory is worth against other services' doublings; 1 is an ordinary application.
    double weight();

    default Optional<Lever> lever() {
        return Optional.empty();
    }

    /// A count that could be lowered to save memory.
    ///
    /// @param setting `concurrency`, `max_connections`
    /// @param declared as configured
    /// @param least the lowest that still makes sense
    record Lever(String setting, int declared, int least) {
        public Lever {
            least = Math.min(least, declared);
        }
    }

    /// The settings for a given limit.
    ///
    /// @param ceiling the worst case with these settings; empty when only the limit bounds the service
    record Allotment(List<Choice> choices, Optional<Amount> ceiling, MemorySize expected) {
        public Allotment {
            choices = List.copyOf(choices);
        }
    }

    /// One setting that was decided.
    ///
    /// @param arithmetic how it was derived
    /// @param source why that is right: manual, source code or measurement
    /// @param changes what would change it
    record Choice(String setting, String value, String arithmetic, String source, String changes) {}
}
