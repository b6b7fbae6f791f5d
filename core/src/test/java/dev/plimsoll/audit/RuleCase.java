package dev.plimsoll.audit;

import dev.plimsoll.compose.ComposeLoader;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.source.ProjectFiles;
import dev.plimsoll.stack.Host;
import dev.plimsoll.units.MemoryDialect;
import dev.plimsoll.units.Millicores;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One example of a rule: files, the host, and whether the rule must find something.
///
/// Read from `src/test/resources/rules/ID.txt`: `=== triggers: title` or `=== clean: title` starts an example, an
/// optional line `host: 4GB 2 [swap 1GB] [disk 40GB]` describes the server, and `--- path` starts a file. The first
/// file is the Compose file.
record RuleCase(boolean triggers, String title, Host host, Map<String, String> files) {
    static List<RuleCase> parse(String text) {
        var cases = new ArrayList<RuleCase>();
        for (var part : text.split("(?m)^=== ")) {
            if (!part.isBlank()) {
                cases.add(one(part));
            }
        }
        return cases;
    }

    private static RuleCase one(String part) {
        var files = new LinkedHashMap<String, String>();
        var sections = part.split("(?m)^--- ");
        var head = sections[0].lines().toList();
        var kind = head.getFirst().split(": ", 2);
        var host = head.stream().filter(line -> line.startsWith("host: ")).findFirst()
                .map(line -> host(line.substring(6).split(" "))).orElse(Host.TYPICAL);
        for (var at = 1; at < sections.length; at++) {
            var end = sections[at].indexOf('\n');
            files.put(sections[at].substring(0, end).strip(), sections[at].substring(end + 1).stripTrailing() + "\n");
        }
        if (!kind[0].equals("triggers") && !kind[0].equals("clean")) {
            throw new IllegalArgumentException("an example starts with triggers or clean, not " + kind[0]);
        }
        return new RuleCase(kind[0].equals("triggers"), kind[1].strip(), host, files);
    }

    private static Host host(String[] words) {
        var host = Host.of(MemoryDialect.COMPOSE.parse(words[0]).orElseThrow(),
                Millicores.parse(words[1]).orElseThrow());
        for (var at = 2; at + 1 < words.length; at += 2) {
            var size = MemoryDialect.COMPOSE.parse(words[at + 1]).orElseThrow();
            host = words[at].equals("swap")
                    ? new Host(host.memory(), host.cpus(), size, host.disk(), host.diskKind(), false)
                    : new Host(host.memory(), host.cpus(), host.swap(), Optional.of(size), host.diskKind(), false);
        }
        return host;
    }

    Inventory inventory() {
        var main = files.keySet().iterator().next();
        return Inventory.of(ComposeLoader.load(ProjectFiles.of(files), ComposeLoader.Request.of(main)), host);
    }
}
