package dev.plimsoll.audit;

import dev.plimsoll.source.Location;
import dev.plimsoll.source.Problem;
import dev.plimsoll.source.ProjectFiles;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The comments in a project's files that allow a finding:
///
///     # plimsoll: allow MEM001 because the batch job runs alone
///     # plimsoll: allow-file missing-memory-limit, REL002 because this stack is for development only
///
/// A comment behind a value counts for its own line; a comment on lines of its own counts for the line that follows.
/// On a service's key it counts for every finding about that service.
final class Allowances {
    private static final Pattern COMMENT = Pattern.compile("(^|\\s)(?:#+|;+|//)\\s*plimsoll:\\s*(allow\\S*)(.*)$");
    private static final Pattern ONLY_COMMENT = Pattern.compile("\\s*(?:#|;|//).*");
    private static final Pattern BECAUSE = Pattern.compile("(?i)(?:^|\\s)because(?:\\s|$)");
    private static final String FORM = "Write `plimsoll: allow RULE because REASON`";

    private final Map<String, String> ids = new LinkedHashMap<>();
    private final List<Allowance> allowances = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    /// @param line what it counts for; 0 for the whole file
    record Allowance(Set<String> rules, String file, int line, String reason) {
        boolean covers(Finding finding, Location place) {
            return rules.contains(finding.rule()) && file.equals(place.file())
                    && (line == 0 || line == place.line());
        }
    }

    private Allowances(List<Rule.About> known) {
        known.forEach(rule -> {
            ids.put(rule.id().toLowerCase(Locale.ROOT), rule.id());
            ids.put(rule.name(), rule.id());
        });
    }

    /// Reads the comments of some files; a file that cannot be read has none.
    static Allowances read(ProjectFiles files, Collection<String> paths, List<Rule.About> known) {
        var allowances = new Allowances(known);
        paths.forEach(path -> files.read(path).filter(text -> text.contains("plimsoll:"))
                .ifPresent(text -> allowances.readFile(path, text.lines().toList())));
        return allowances;
    }

    /// The first comment that allows a finding, where it stands or at its service's key.
    Optional<Allowance> covering(Finding finding, Optional<Location> serviceKey) {
        return allowances.stream().filter(allowance -> allowance.covers(finding, finding.where())
                || allowance.line > 0 && serviceKey.filter(key -> allowance.covers(finding, key)).isPresent())
                .findFirst();
    }

    List<Problem> problems() {
        return List.copyOf(problems);
    }

    private void readFile(String path, List<String> lines) {
        for (var at = 0; at < lines.size(); at++) {
            var comment = COMMENT.matcher(lines.get(at));
            if (comment.find()) {
                readComment(Location.ofLine(path, at + 1), comment.group(2), comment.group(3), target(lines, at));
            }
        }
    }

    private void readComment(Location where, String verb, String rest, int target) {
        if (!verb.equals("allow") && !verb.equals("allow-file")) {
            problems.add(new Problem(where, "`plimsoll: " + verb + "` is no instruction", FORM + ", or allow-file"));
            return;
        }
        var parts = BECAUSE.split(rest, 2);
        if (parts.length < 2 || parts[1].isBlank()) {
            problems.add(new Problem(where, "this comment allows nothing, because it gives no reason", FORM));
            return;
        }
        var rules = rules(where, parts[0]);
        if (!rules.isEmpty()) {
            allowances.add(new Allowance(rules, where.file(), verb.equals("allow") ? target : 0, parts[1].strip()));
        }
    }

    private Set<String> rules(Location where, String names) {
        if (names.isBlank()) {
            problems.add(new Problem(where, "this comment names no rule", FORM));
        }
        var rules = new LinkedHashSet<String>();
        for (var name : names.strip().split("[,\\s]+")) {
            var id = Optional.ofNullable(ids.get(name.toLowerCase(Locale.ROOT)));
            id.ifPresent(rules::add);
            if (id.isEmpty() && !name.isEmpty()) {
                problems.add(new Problem(where, "there is no rule `" + name + "`",
                        "Take an id or a name from `plimsoll audit --list-rules`"));
            }
        }
        return rules;
    }

    /// The line, counted from 1, that a comment counts for.
    private static int target(List<String> lines, int comment) {
        var at = comment;
        while (at < lines.size() && ONLY_COMMENT.matcher(lines.get(at)).matches()) {
            at++;
        }
        return at + 1;
    }
}
