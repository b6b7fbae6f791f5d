package dev.plimsoll.verify;

import dev.plimsoll.observe.Observation;
import dev.plimsoll.verify.Look.Seen;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The users of a Redis against the file that it was rendered with, as far as the server lets them be seen: all
/// they may do, or only their names, or only what the default user may do.
final class CacheUsers {
    private static final String LISTED = "redis.user.";
    private static final String NAMED = "redis.named_user.";
    private static final String FILED = "redis.filed_user.";
    private static final String RIGHT = "redis.right.";

    private CacheUsers() {}

    static Stream<Check> of(Seen seen) {
        if (Stream.of(LISTED, NAMED, RIGHT).allMatch(facts -> seen.all(facts).findAny().isEmpty())) {
            return Stream.of(Check.notRun(seen.service(), "users are as planned", seen.gap("redis.user")));
        }
        return Stream.of(listed(seen), strangers(seen), rights(seen)).flatMap(checks -> checks);
    }

    /// What each user of the file may do now.
    private static Stream<Check> listed(Seen seen) {
        if (seen.all(LISTED).findAny().isEmpty()) {
            return Stream.empty();
        }
        return seen.all(FILED).map(filed -> {
            var name = name(filed, FILED);
            var what = "user " + name + " may do what its file says";
            var now = seen.text(LISTED + name).orElse("not there");
            return now.equals(filed.value())
                    ? Check.passed(seen.service(), what, now, filed)
                    : Check.failed(seen.service(), what, now + " instead of " + filed.value(), "ACL LOAD", filed);
        });
    }

    private static Stream<Check> strangers(Seen seen) {
        var what = "has the users of its file";
        var known = seen.all(FILED).map(fact -> name(fact, FILED)).toList();
        var listed = seen.all(LISTED).filter(fact -> fact.value().startsWith("on")).toList();
        var prefix = listed.isEmpty() ? NAMED : LISTED;
        var there = listed.isEmpty() ? seen.all(NAMED).toList() : listed;
        if (known.isEmpty() || there.isEmpty()) {
            return Stream.empty();
        }
        var added = there.stream().filter(fact -> !known.contains(name(fact, prefix)) && !name(fact, prefix).equals(
                "default")).toList();
        var names = there.stream().map(fact -> name(fact, prefix)).toList();
        var gone = prefix.equals(NAMED) ? known.stream().filter(name -> !names.contains(name)).toList() : List.of();
        var found = new ArrayList<String>();
        if (!added.isEmpty()) {
            found.add(String.join(", ", added.stream().map(fact -> name(fact, prefix)).toList()) + " was added");
        }
        gone.forEach(name -> found.add(name + " is not there"));
        return Stream.of(found.isEmpty()
                ? Check.passed(seen.service(), what, String.join(", ", names))
                : Check.failed(seen.service(), what, String.join("; ", found), gone.isEmpty()
                        ? "ACL DELUSER"
                        : "ACL LOAD", added.toArray(Observation[]::new)));
    }

    /// What the default user may do, asked without doing it.
    private static Stream<Check> rights(Seen seen) {
        var what = "the default user may do what its file says";
        var asked = seen.all(RIGHT).filter(fact -> seen.fact(filedRight(fact)).isPresent()).toList();
        if (asked.isEmpty()) {
            return Stream.empty();
        }
        var other = asked.stream().filter(fact -> !seen.is(filedRight(fact), fact.value())).toList();
        return Stream.of(other.isEmpty()
                ? Check.passed(seen.service(), what, asked.size() + " commands asked for")
                : Check.failed(seen.service(), what,
                        String.join(", ", other.stream().map(fact -> name(fact, RIGHT) + " "
                                + fact.value() + ", planned " + seen.text(filedRight(fact)).orElse("")).toList()),
                        "Run `plimsoll render`, which tells whether the file was "
                                + "edited, then ACL LOAD or restart",
                        other.toArray(Observation[]::new)));
    }

    private static String filedRight(Observation right) {
        return "redis.filed_right." + name(right, RIGHT);
    }

    private static String name(Observation fact, String prefix) {
        return fact.what().substring(prefix.length());
    }
}
