package dev.plimsoll.audit;

import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.source.Location;
import java.util.Optional;
import java.util.stream.Stream;

/// One thing that can be wrong in a stack. Each rule is one class in `rules`, listed in [Rules]; its page in
/// `docs/rules` is generated from [#about] and its fixtures.
public interface Rule {
    About about();

    Stream<Finding> check(Inventory inventory);

    /// A rule in words.
    ///
    /// @param id family letters and a number; never reused
    /// @param name reads well after "allow": `missing-memory-limit`
    /// @param severity the usual one; a finding may differ
    /// @param what one sentence: what is wrong
    /// @param why what happens if it stays, with figures
    /// @param fix what to do
    /// @param source where the facts come from
    record About(String id, String name, Severity severity, Confidence confidence, String what, String why, String fix,
            String source) {
        public Family family() {
            return Family.of(id);
        }
    }

    default String id() {
        return about().id();
    }

    /// A finding about one service with the rule's usual severity.
    default Finding finding(Recognised service, Location where, String message, String fix) {
        return finding(service, about().severity(), where, message, fix);
    }

    default Finding finding(Recognised service, Severity severity, Location where, String message, String fix) {
        return new Finding(id(), severity, about().confidence(), Optional.of(service.name()), where, message, fix);
    }

    /// A finding about the whole stack.
    default Finding finding(Severity severity, Location where, String message, String fix) {
        return new Finding(id(), severity, about().confidence(), Optional.empty(), where, message, fix);
    }
}
