package dev.plimsoll.run.natively;

import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.lock.LockedService;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// How services of one kind run as processes, listed in [#ALL], or one service by a command of the user's.
interface NativeProgram {
    List<NativeProgram> ALL = List.of(new PostgresProgram(), new RedisProgram());

    boolean runs(LockedService service);

    /// The port that it has in its container; 0 when nobody connects to it.
    int target(Recognised known);

    /// Whether it can be told which address to listen on, so that it keeps its port there.
    boolean takesAddress();

    /// The program that would be taken, and its arguments; changes nothing.
    List<String> words(NativeTask task, Binaries binaries);

    /// Makes its files and says how to start it.
    ///
    /// @throws dev.plimsoll.run.EnvironmentException when its program is missing
    Launch prepare(NativeTask task) throws IOException;

    /// Whether it answers.
    boolean isReady(Launch launch);

    /// What is still to be done once it answers, such as making a database.
    List<String> complete(NativeTask task, Launch launch) throws IOException;

    static Optional<NativeProgram> of(LockedService service) {
        return ALL.stream().filter(program -> program.runs(service)).findFirst();
    }
}
