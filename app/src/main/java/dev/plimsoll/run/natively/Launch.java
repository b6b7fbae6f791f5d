package dev.plimsoll.run.natively;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A program ready to be started.
///
/// @param program name and version
/// @param words the command without limits and account
/// @param stopSignal what ends it in good order
/// @param target the port it has in the stack; 0 for one that nobody connects to
/// @param port the free port it listens on
/// @param environment what its container would know, for logging in
/// @param notes what had to be changed for this machine
/// @param place where and as whom it runs
record Launch(String service, String program, List<String> words, String stopSignal, int target, int port,
        Map<String, String> environment, List<String> notes, Place place) {
    /// Joins the cgroups named first, then becomes the command. Its own session: a Ctrl-C of the terminal does not
    /// reach it.
    private static final String JOIN = """
            n=$1; shift
            while [ "$n" -gt 0 ]; do echo $$ > "$1/cgroup.procs" || exit 125; shift; n=$((n-1)); done
            exec setsid "$@"
            """;

    /// Where and as whom a program runs.
    ///
    /// @param directory empty for ours
    /// @param variables its whole environment, with a few of ours such as the path; empty to inherit ours
    record Place(Account account, Optional<Path> directory, Optional<Map<String, String>> variables) {
        static Place of(Account account) {
            return new Place(account, Optional.empty(), Optional.empty());
        }
    }

    Launch {
        words = List.copyOf(words);
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        notes = List.copyOf(notes);
    }

    /// The whole command line.
    List<String> confined(Confinement.Cell cell) {
        var all = new ArrayList<>(List.of("sh", "-c", JOIN, "sh", String.valueOf(cell.directories().size())));
        all.addAll(cell.directories());
        all.addAll(cell.words());
        all.addAll(place.account().words());
        all.addAll(words);
        return all;
    }
}
