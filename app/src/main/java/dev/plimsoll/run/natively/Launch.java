package dev.plimsoll.run.natively;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A server ready to be started.
///
/// @param program name and version
/// @param words the command without limits and account
/// @param stopSignal what ends it in good order
/// @param target the port it has in the stack
/// @param port the free port it listens on
/// @param environment what its container would know, for logging in
/// @param notes what had to be changed for this machine
record Launch(String service, String program, List<String> words, String stopSignal, int target, int port,
        Map<String, String> environment, List<String> notes) {
    /// Joins the cgroups named first, then becomes the command. Its own session: a Ctrl-C of the terminal does not
    /// reach it.
    private static final String JOIN = """
            n=$1; shift
            while [ "$n" -gt 0 ]; do echo $$ > "$1/cgroup.procs" || exit 125; shift; n=$((n-1)); done
            exec setsid "$@"
            """;

    Launch {
        words = List.copyOf(words);
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        notes = List.copyOf(notes);
    }

    /// The whole command line.
    List<String> confined(Confinement.Cell cell, Account account) {
        var all = new ArrayList<>(List.of("sh", "-c", JOIN, "sh", String.valueOf(cell.directories().size())));
        all.addAll(cell.directories());
        all.addAll(cell.words());
        all.addAll(account.words());
        all.addAll(words);
        return all;
    }
}
