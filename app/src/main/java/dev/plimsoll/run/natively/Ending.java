package dev.plimsoll.run.natively;

import dev.plimsoll.run.EnvironmentException;
import dev.plimsoll.run.State;
import dev.plimsoll.run.State.NativeProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// What a job ended with, kept in a file beside its log.
record Ending(Path file) {
    static Ending of(State state, String service) {
        return new Ending(Path.of(state.data(), service + ".ended"));
    }

    /// Its exit code; empty while it runs, for what is not to end, and for what was killed with all around it.
    Optional<Integer> code() {
        try {
            return Optional.of(Integer.valueOf(Files.readString(file).strip()));
        } catch (IOException | NumberFormatException none) {
            return Optional.empty();
        }
    }

    boolean isGood() {
        return code().filter(code -> code == 0).isPresent();
    }

    void forget() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException stays) {
            throw new EnvironmentException(file + ": this file cannot be removed", "Check the directory");
        }
    }

    /// Whether it runs still, or has done its work.
    static boolean isFine(State state, NativeProcess process) {
        return Processes.isAlive(process) || of(state, process.service()).isGood();
    }
}
