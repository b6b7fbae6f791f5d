package dev.plimsoll.observe;

import dev.plimsoll.lock.Lock;
import dev.plimsoll.lock.LockedService;
import java.util.List;

/// Knows what to ask one kind of container, and what the answers say. Each is one class, listed in [Probes].
public interface Probe {
    /// One word for reports.
    String id();

    /// What to ask; nothing when the container is no business of this probe.
    default List<Question> questions(Lock lock, LockedService service, Container container) {
        return List.of();
    }

    /// What to ask besides, now that the first answers are there.
    default List<Question> more(Sight sight) {
        return List.of();
    }

    /// The facts in what was seen, and the gaps. Never fails for what the answers hold.
    Observations read(Sight sight);
}
