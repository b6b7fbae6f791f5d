package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.source.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

public final class EmptyEncryptionKey implements Rule {
    private static final Pattern NAME = Pattern.compile(".*(?:FERNET_KEY|ENCRYPTION_KEY|ENCRYPT_KEY)");

    @Override
    public About about() {
        return new About("SEC014", "empty-encryption-key", Severity.MEDIUM, Confidence.CERTAIN,
                "An encryption key is empty.",
                "The program then stores passwords of connections in clear text, or makes a new key at each start and "
                        + "cannot read what it wrote before.",
                "Generate a key once, keep it in .env and in the backup.",
                "https://airflow.apache.org/docs/apache-airflow/stable/security/secrets/fernet.html");
    }

    /// Whether it is empty only because nobody has set its variable yet: the one of its name, or one on its line.
    private static boolean isUnset(Inventory inventory, String name, Location where) {
        return inventory.stack().unset().stream().anyMatch(variable -> variable.value().equals(name)
                || variable.where().file().equals(where.file()) && variable.where().line() == where.line());
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        var byPlace = new TreeMap<Location, List<Recognised>>();
        var names = new TreeMap<Location, String>();
        inventory.running().forEach(service -> service.service().environment().forEach((name, value) -> {
            if (NAME.matcher(name).matches() && value.value().isBlank() && !isUnset(inventory, name, value.where())) {
                byPlace.computeIfAbsent(value.where(), _ -> new ArrayList<>()).add(service);
                names.put(value.where(), name);
            }
        }));
        return byPlace.entrySet().stream().map(entry -> Grouped.finding(this, Severity.MEDIUM, entry.getValue(),
                entry.getKey(), names.getOrDefault(entry.getKey(), "The key") + " is empty: what it should encrypt is "
                        + "stored in clear text (" + Grouped.names(entry.getValue()) + ")",
                "Set a generated key and keep it in the backup"));
    }
}
