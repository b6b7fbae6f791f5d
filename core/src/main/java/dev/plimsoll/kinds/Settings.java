package dev.plimsoll.kinds;

import dev.plimsoll.source.Location;
import dev.plimsoll.stack.Service;
import dev.plimsoll.units.MemoryDialect;
import dev.plimsoll.units.MemorySize;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The settings a service runs with, and those that something stronger overrides.
///
/// @param effective by name, the strongest of each
/// @param overridden those that had no effect, in the order they were read
/// @param missing config files that are mounted or named and not there
/// @param unread lines of config files that are no comments and that could not be read
public record Settings(Map<String, Setting> effective, List<Setting> overridden, List<MissingFile> missing,
        List<Location> unread) {
    public static final Settings NONE = new Settings(Map.of(), List.of(), List.of(), List.of());

    /// @param path path in the project
    /// @param where what names it
    public record MissingFile(String path, Location where) {}

    /// Of a program whose only setting is a variable of its environment.
    static Settings ofVariable(Service service, String name) {
        var settings = new Builder();
        service.variable(name)
                .ifPresent(value -> settings.set(name, value.value(), value.where(), Setting.Origin.ENVIRONMENT));
        return settings.build();
    }

    public Optional<Setting> get(String name) {
        return Optional.ofNullable(effective.get(name));
    }

    public Optional<String> value(String name) {
        return get(name).map(Setting::value);
    }

    /// What a user has to know whose file is replaced; the lines themselves may hold secrets.
    public Optional<String> unreadNote(String service) {
        return unread.isEmpty()
                ? Optional.empty()
                : Optional.of(service + ": what stands at " + String.join(", ", unread.stream().map(Location::toString)
                        .toList()) + " is not taken over, because Plimsoll cannot read it as a setting.");
    }

    /// The setting as a memory size in a dialect whose bare numbers are bytes.
    public Optional<MemorySize> size(String name, MemoryDialect dialect) {
        return value(name).flatMap(dialect::parse);
    }

    public Optional<Integer> integer(String name) {
        return value(name).flatMap(Settings::parseInteger);
    }

    static Optional<Integer> parseInteger(String text) {
        try {
            return Optional.of(Integer.parseInt(text.strip()));
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    /// Collects settings from the weakest source to the strongest.
    static final class Builder {
        private final Map<String, Setting> effective = new LinkedHashMap<>();
        private final List<Setting> overridden = new ArrayList<>();
        private final List<MissingFile> missing = new ArrayList<>();
        private final List<Location> unread = new ArrayList<>();

        /// Replaces an earlier value of the same name.
        Builder set(Setting setting) {
            var weaker = effective.put(setting.name(), setting);
            if (weaker != null) {
                overridden.add(weaker);
            }
            return this;
        }

        Builder set(String name, String value, Location where, Setting.Origin origin) {
            return set(new Setting(name, value, where, origin));
        }

        Builder missing(String path, Location where) {
            missing.add(new MissingFile(path, where));
            return this;
        }

        Builder unread(List<Location> places) {
            unread.addAll(places);
            return this;
        }

        Settings build() {
            return new Settings(java.util.Collections.unmodifiableMap(new LinkedHashMap<>(effective)),
                    List.copyOf(overridden), List.copyOf(missing), List.copyOf(unread));
        }
    }
}
