package dev.plimsoll.observe;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// One line of ACL LIST or of a file of users.
///
/// @param on whether it may log in
/// @param open whether it needs no password
/// @param flushes whether it may remove all data with FLUSHALL
record RedisUser(String name, boolean on, boolean open, boolean flushes) {
    /// Categories that FLUSHALL belongs to.
    private static final Set<String> CATEGORIES = Set.of("@all", "@keyspace", "@write", "@slow", "@dangerous");

    static List<RedisUser> all(String text) {
        return text.lines().map(String::strip).filter(line -> line.startsWith("user ")).flatMap(RedisUser::of)
                .toList();
    }

    /// Rules apply from left to right, later ones over earlier ones.
    private static Stream<RedisUser> of(String line) {
        var words = line.split("\\s+");
        if (words.length < 2) {
            return Stream.empty();
        }
        var on = false;
        var open = false;
        var flushes = false;
        for (var word : List.of(words).subList(2, words.length)) {
            switch (word) {
                case "on" -> on = true;
                case "off" -> on = false;
                case "nopass" -> open = true;
                case "resetpass" -> open = false;
                case "allcommands" -> flushes = true;
                case "nocommands" -> flushes = false;
                case "reset" -> {
                    on = false;
                    open = false;
                    flushes = false;
                }
                default -> {
                    var command = word.length() > 1 ? word.substring(1).toLowerCase(java.util.Locale.ROOT) : "";
                    if (CATEGORIES.contains(command) || command.equals("flushall")) {
                        flushes = word.charAt(0) == '+' || word.charAt(0) != '-' && flushes;
                    }
                    open = open && !word.startsWith(">") && !word.startsWith("#");
                }
            }
        }
        return Stream.of(new RedisUser(words[1], on, open, flushes));
    }

    /// Without passwords, so that it may be shown: `on, password, FLUSHALL denied`.
    String summary() {
        return (on ? "on" : "off") + (open ? ", no password" : ", password") + (flushes
                ? ", FLUSHALL allowed"
                : ", FLUSHALL denied");
    }
}
