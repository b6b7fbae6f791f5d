package dev.plimsoll.cli;

import java.io.IOException;

/// One way to spoil a running stack.
///
/// @param service that the failed check must name; empty for the stack as a whole
/// @param what done, as an operator would say it
/// @param named what the failed check must say
record Sabotage(String service, String what, String named, Deed deed, Deed undo) {
    /// Something done to a stack.
    @FunctionalInterface
    interface Deed {
        Deed NOTHING = _ -> {
        };

        void on(SabotagedStack stack) throws IOException;
    }

    /// Undone together with others of its batch.
    Sabotage(String service, String what, String named, Deed deed) {
        this(service, what, named, deed, Deed.NOTHING);
    }
}
