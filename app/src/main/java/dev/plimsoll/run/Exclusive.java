package dev.plimsoll.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// What starts or ends a stack, renders or proves one, has it for itself: two at once would each undo what the other
/// does. The
/// kernel gives it up when the program ends, however it ends.
public final class Exclusive implements AutoCloseable {
    private final FileChannel channel;

    private Exclusive(FileChannel channel) {
        this.channel = channel;
    }

    /// @throws EnvironmentException when another program starts or ends the stack right now
    public static Exclusive of(RenderedStack stack) {
        return of(stack.stateDirectory(), "up.lock", "The stack of " + stack.directory()
                + " is being started or ended by another `plimsoll`");
    }

    /// @param state of a rendered directory
    /// @throws EnvironmentException when another program renders into it right now
    public static Exclusive toRender(Path state) {
        return of(state, "render.lock", state.resolveSibling("").normalize()
                + " is being rendered by another `plimsoll`");
    }

    /// @throws EnvironmentException when another program proves the stack right now
    public static Exclusive toProve(RenderedStack stack) {
        return of(stack.stateDirectory(), "prove.lock", "The stack of " + stack.directory()
                + " is being proved by another `plimsoll`");
    }

    private static Exclusive of(Path state, String name, String taken) {
        var file = state.resolve(name);
        try {
            State.privateDirectory(state);
            var channel = FileChannel.open(file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            if (isTaken(channel)) {
                channel.close();
                throw new EnvironmentException(taken, "Wait until that has ended");
            }
            return new Exclusive(channel);
        } catch (IOException failed) {
            throw new EnvironmentException(file + ": this file cannot be locked", "Check the directory");
        }
    }

    private static boolean isTaken(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() == null;
        } catch (OverlappingFileLockException ours) {
            return true;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException closed) {
            // The kernel has given the lock up all the same.
        }
    }
}
