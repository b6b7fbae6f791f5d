package dev.plimsoll.run.natively;

import dev.plimsoll.run.State.PublishedPort;
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
/// @param at where it listens; empty for one that nobody connects to
/// @param environment what its container would know, for logging in
/// @param notes what had to be changed for this machine
/// @param place where and as whom it runs
record Launch(String service, String program, List<String> words, String stopSignal, Optional<PublishedPort> at,
        Map<String, String> environment, List<String> notes, Place place) {
    /// Joins the cgroups named first, then becomes the command. Its own session: a Ctrl-C of the terminal does not
    /// reach it.
    private static final String JOIN = """
            n=$1; shift
            while [ "$n" -gt 0 ]; do echo $$ > "$1/cgroup.procs" || exit 125; shift; n=$((n-1)); done
            exec setsid "$@"
            """;

    /// Runs the command and keeps what it ended with, which nobody waits for: whoever started it has ended long before.
    private static final String REPORT = """
            end=$1; shift
            "$@" &
            child=$!
            trap 'kill -TERM "$child"' TERM
            wait "$child"; code=$?
            while kill -0 "$child" 2>/dev/null; do wait "$child"; code=$?; done
            echo "$code" > "$end.new" && mv "$end.new" "$end"
            exit "$code"
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
    ///
    /// @param ending where a job keeps what it ended with; empty for what is not to end
    List<String> confined(Confinement.Cell cell, Optional<Ending> ending) {
        var all = new ArrayList<>(List.of("sh", "-c", JOIN, "sh", String.valueOf(cell.directories().size())));
        all.addAll(cell.directories());
        all.addAll(cell.words());
        all.addAll(place.account().words());
        ending.ifPresent(file -> all.addAll(List.of("sh", "-c", REPORT, "sh", file.file().toString())));
        all.addAll(words);
        return all;
    }
}
