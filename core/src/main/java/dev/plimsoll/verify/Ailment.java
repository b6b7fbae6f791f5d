package dev.plimsoll.verify;

import dev.plimsoll.verify.Look.Seen;
import java.util.Optional;
import java.util.regex.Pattern;

/// Refusals by which a server says that it does not serve anybody, or not whom it should. Others say something about
/// who asks: a client that is missing, a login that is not known.
final class Ailment {
    private static final Pattern WORDS = Pattern.compile("(?i).*(?:not currently accepting connections|too many clients"
            + "|remaining connection slots|database system is (?:starting up|shutting down|in recovery mode|not "
            + "accepting)|could not (?:open|read|write|fork|access) |database \".+\" does not exist|"
            + "(?-i:^\\W*(?:BUSY|MISCONF|MASTERDOWN|CLUSTERDOWN|LOADING|OOM) )|max number of clients reached|"
            + "pgbouncer is shut|server login (?:failed|has been failing)|SASL authentication failed|"
            + "password authentication failed).*");
    private static final Pattern LOGIN = Pattern.compile("(?i).*(?:SASL|password) authentication failed.*");

    private Ailment() {}

    /// A failed check instead of one that was not run, when the reason is the server's own.
    ///
    /// @param expectsLogin whether the server was rendered with the login that it refused
    static Check unanswered(Seen seen, String what, String gap, boolean expectsLogin) {
        var why = seen.gap(gap);
        var ails = Optional.of(why).filter(words -> WORDS.matcher(words).matches()).filter(words -> expectsLogin
                || !LOGIN.matcher(words).matches()).isPresent();
        return ails && !seen.isStarting()
                ? Check.failed(seen.service(), what, "it refuses: " + why, LOGIN.matcher(why).matches()
                        ? "Its clients are given a password that it does not take: render again, and restart it"
                        : "Its clients are refused in the same way: read its log")
                : Check.notRun(seen.service(), what, why);
    }
}
