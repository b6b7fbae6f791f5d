package dev.plimsoll.kinds;

import dev.plimsoll.stack.Invocation;
import dev.plimsoll.stack.Service;
import java.util.regex.Pattern;

/// Whether a service made from a server's image runs that server. The images hold the clients too, and jobs and
/// sidecars are made from them.
final class OwnServer {
    /// Programs that may start the server, as nothing tells what they do.
    private static final Pattern OPAQUE = Pattern
            .compile(".*\\.(?:ba)?sh|.*entrypoint.*|init|run|start|launch|supervisord|"
                    + "\\$\\S+");
    private static final Pattern SHELL = Pattern.compile("(?:ba|a|da|z)?sh");
    private static final Pattern COPY = Pattern.compile(".*(?:backup|dump|restore).*");

    private OwnServer() {}

    /// @param programs names of the server
    static boolean runs(Clues clues, String... programs) {
        return clues.invocations().isEmpty() || clues.runOrArguments(programs).isPresent()
                || !isJob(clues.service()) && clues.invocations().stream().anyMatch(OwnServer::isOpaque);
    }

    /// Whether what surrounds the command says that it is a job.
    static boolean isJob(Service service) {
        return OneShots.isNamedLikeOne(service) || OneShots.isNeverRestarted(service)
                || COPY.matcher(service.name()).matches();
    }

    private static boolean isOpaque(Invocation run) {
        return OPAQUE.matcher(run.program()).matches()
                || SHELL.matcher(run.program()).matches() && !run.arguments().isEmpty();
    }
}
