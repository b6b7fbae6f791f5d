package dev.plimsoll.verify;

import dev.plimsoll.lock.Lock;
import dev.plimsoll.lock.Lock.LockedFile;
import dev.plimsoll.observe.Observation;
import dev.plimsoll.verify.Look.Seen;
import java.util.Optional;
import java.util.stream.Stream;

/// Rendered files that a container mounts, against their checksums.
final class FileChecks {
    private static final String EDITED = "rendered.edited.";
    private static final String EXPOSED = "rendered.exposed.";
    private static final String SOURCE = "rendered.source.";

    private FileChecks() {}

    /// The user's own files are taken as they are now.
    static Optional<Check> sources(Look look) {
        var changed = look.seen().facts().stream().filter(fact -> fact.what().startsWith(SOURCE)).toList();
        return changed.isEmpty()
                ? Optional.empty()
                : Optional.of(Check.advice("", "the Compose files are those that were rendered from", String.join(", ",
                        changed.stream().map(fact -> fact.what().substring(SOURCE.length())).toList())
                        + " changed since",
                        "Render again: the plan is of another stack, and containers are held against the files as they "
                                + "are now",
                        changed.toArray(Observation[]::new)));
    }

    /// Rendered files that somebody edited: what runs is held against them, and a restart brings what they say now.
    static Optional<Check> edited(Look look) {
        var edited = look.seen().facts().stream().filter(fact -> fact.what().startsWith(EDITED)).toList();
        return edited.isEmpty()
                ? Optional.empty()
                : Optional.of(Check.failed("", "the rendered files are as they were rendered", String.join(", ", edited
                        .stream().map(fact -> fact.what().substring(EDITED.length())).toList()) + " changed since",
                        "`plimsoll render --diff` shows how; make the change where it is rendered from, or render "
                                + "again with --force",
                        edited.toArray(Observation[]::new)));
    }

    /// Secrets that other users of the machine may read.
    static Optional<Check> exposed(Look look) {
        var exposed = look.seen().facts().stream().filter(fact -> fact.what().startsWith(EXPOSED)).toList();
        var paths = exposed.stream().map(fact -> fact.what().substring(EXPOSED.length())).toList();
        return exposed.isEmpty()
                ? Optional.empty()
                : Optional.of(Check.failed("", "only their owner can read the secrets", String.join(", ", paths)
                        + (paths.size() == 1 ? " is" : " are") + " open to others",
                        "`chmod go= "
                                + String.join(" ", paths) + "`, and new secrets if others use this server",
                        exposed.toArray(Observation[]::new)));
    }

    static Stream<Check> of(Lock lock, Seen seen) {
        return lock.files().stream().filter(file -> !file.isPrivate()).flatMap(file -> {
            var name = "file." + file.path();
            var what = "reads " + file.path() + " as it was rendered";
            return seen.fact(name).map(fact -> check(seen, what, file, fact)).or(() -> seen.unanswered(name).map(
                    why -> Check.notRun(seen.service(), what, why))).stream();
        });
    }

    private static Check check(Seen seen, String what, LockedFile file, Observation fact) {
        return fact.value().equals(file.sha256())
                ? Check.passed(seen.service(), what, seen.prefix() + "same checksum", fact)
                : Check.failed(seen.service(), what, seen.prefix() + "its content differs", "Render again, or move the "
                        + "change to where it is rendered from", fact);
    }
}
