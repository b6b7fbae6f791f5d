package dev.plimsoll.observe;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// One line of ACL LIST or of a file of users.
///
/// @param on whether it may log in
/// @param open whether it needs no password
/// @param rights those it has among [RedisRight#ALL]
/// @param hasSelectors whether further rights stand in selectors, which are not looked into
record RedisUser(String name, boolean on, boolean open, List<RedisRight> rights, boolean hasSelectors) {
    RedisUser {
        rights = List.copyOf(rights);
    }

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
        List<RedisRight> rights = new ArrayList<>();
        for (var word : List.of(words).subList(2, words.length)) {
            switch (word) {
                case "on" -> on = true;
                case "off" -> on = false;
                case "nopass" -> open = true;
                case "resetpass" -> open = false;
                case "allcommands" -> rights = new ArrayList<>(RedisRight.ALL);
                case "nocommands" -> rights.clear();
                case "reset" -> {
                    on = false;
                    open = false;
                    rights.clear();
                }
                default -> {
                    rights = after(word, rights);
                    open = open && !word.startsWith(">") && !word.startsWith("#");
                }
            }
        }
        return Stream.of(new RedisUser(words[1], on, open, rights, line.contains("(")));
    }

    private static List<RedisRight> after(String word, List<RedisRight> rights) {
        var sign = word.charAt(0);
        if (sign != '+' && sign != '-') {
            return rights;
        }
        var name = word.substring(1).toLowerCase(Locale.ROOT);
        return new ArrayList<>(RedisRight.ALL.stream().filter(right -> right.isMeant(name)
                ? sign == '+'
                : rights.contains(right)).toList());
    }

    private boolean flushes() {
        return rights.contains(RedisRight.ALL.getFirst());
    }

    /// Without passwords, so that it may be shown: `on, password, FLUSHALL denied`.
    String summary() {
        return (on ? "on" : "off") + (open ? ", no password" : ", password") + (flushes()
                ? ", FLUSHALL allowed"
                : ", FLUSHALL denied");
    }
}
