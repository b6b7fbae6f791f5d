package dev.plimsoll.cli;

import dev.plimsoll.run.RenderedStack;
import dev.plimsoll.store.EvidenceStore;
import dev.plimsoll.store.EvidenceStore.Kind;
import dev.plimsoll.store.WholeFile;
import java.io.IOException;
import java.time.Instant;

/// Keeps results as evidence of a stack, after they were printed: a full disk must not hide what was found.
record Keeper(EvidenceStore store, Terminal terminal) {
    static Keeper of(RenderedStack stack, Terminal terminal) {
        return new Keeper(EvidenceStore.of(stack.stateDirectory(), stack.lockFile()), terminal);
    }

    /// @param code how the command ends otherwise
    /// @return the same; that the environment lacks something when all was fine and this cannot be kept
    int keep(Kind kind, Instant when, String text, int code) {
        try {
            store.add(kind, when, text);
            return code;
        } catch (IOException failed) {
            terminal.error(store.directory() + ": this result cannot be kept as evidence: " + WholeFile.why(failed)
                    + ". Check the directory's owner and the free space; reports will know nothing of it.");
            return code == ExitCode.FINE ? ExitCode.MISSING : code;
        }
    }
}
