package dev.plimsoll.verify;

import dev.plimsoll.kinds.Role;
import dev.plimsoll.lock.LockedService;
import dev.plimsoll.observe.Observation;
import dev.plimsoll.verify.Look.Seen;
import java.time.Duration;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// How much of the data a restore would lose, as far as an archive of the write-ahead log tells: the probability is how
/// far the second half of two days since the last segment is over. A server at rest has nothing to archive, so an old
/// segment is advice. Whether the archive can be restored, and dumps made elsewhere, cannot be seen from here.
final class Backups {
    private static final String WHAT = "a backup is recent";
    private static final double TWO_DAYS = Duration.ofDays(2).toSeconds();
    private static final Pattern TOOL = Pattern.compile("(?i).*(?:backup|dump|wal-?g|barman|restic|borg).*");
    private static final String REMEDY = "Dump it every day, or archive its write-ahead log with archive_mode and "
            + "archive_command, and try to restore: until then the volume is the only copy";

    private Backups() {}

    static Stream<Check> of(Look look) {
        return look.ofRole(Role.DATABASE, Role.SEARCH, Role.STORAGE).map(service -> look.running(service.name())
                .findFirst().map(seen -> service.is("postgres")
                        ? archived(look, seen)
                        : unseen(look, service.name(),
                                "nothing here tells when its data were copied last"))
                .orElseGet(() -> Check.notRun(service.name(), WHAT, "no container runs")));
    }

    private static Check archived(Look look, Seen seen) {
        var mode = seen.text("postgres.setting.archive_mode");
        if (mode.isEmpty()) {
            return Check.notRun(seen.service(), WHAT, seen.gap("postgres.setting"));
        }
        if (mode.get().equals("off")) {
            return unseen(look, seen.service(), "its write-ahead log is not archived, and nothing here tells when it "
                    + "was dumped last");
        }
        return seen.number("postgres.archive.last_success").filter(age -> age >= 0).map(age -> Risks.natural(seen
                .service(), WHAT, Risks.used(age / TWO_DAYS), 1,
                "the last segment of its write-ahead log was archived "
                        + "%.1f h ago".formatted(age / 3600),
                "Set archive_timeout, so that a server at rest archives too, and see whether archive_command still "
                        + "works",
                seen.fact("postgres.archive.last_success").stream().toArray(Observation[]::new)))
                .orElseGet(
                        () -> Check.notRun(seen.service(), WHAT, "archive_mode is " + mode.get() + ", and no segment "
                                + "was archived yet"));
    }

    private static Check unseen(Look look, String service, String why) {
        var tools = look.lock().services().stream().filter(Backups::isTool).map(LockedService::name).toList();
        return tools.isEmpty()
                ? Check.notRun(service, WHAT, why, REMEDY)
                : Check.notRun(service, WHAT, why + "; " + String.join(", ", tools) + " may do it", "See when it last "
                        + "did, and try to restore");
    }

    private static boolean isTool(LockedService service) {
        return Stream.concat(Stream.of(service.name()), service.image().stream()).anyMatch(name -> TOOL.matcher(name)
                .matches());
    }
}
