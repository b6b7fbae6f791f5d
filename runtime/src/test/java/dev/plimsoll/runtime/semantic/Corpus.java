package dev.plimsoll.runtime.semantic;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/// Pairs of questions made from the groups in a file: paraphrases, and pairs that look alike and are not.
final class Corpus {
    private static final Map<String, List<String>> VALUES = Map.of("n", List.of("3", "5", "7", "12", "15", "20", "30",
            "45", "90"), "month", List.of("January", "March", "May", "August", "November"), "date",
            List.of(
                    "March 5, 2024|2024-03-05|5 March 2024", "March 6, 2024|2024-03-06|6 March 2024",
                    "May 5, 2023|2023-05-05|5th May 2023", "Monday|Monday", "Friday|Friday", "June 1|1 June",
                    "October 31, 2025|2025-10-31"),
            "name", NAMES.WORDS, "other", NAMES.WORDS, "thing", NAMES.THINGS);

    private final List<Group> groups = new ArrayList<>();
    private final SplittableRandom random;

    Corpus(String file, long seed) {
        random = new SplittableRandom(seed);
        for (var line : lines(file)) {
            if (!line.startsWith("#") && !line.isBlank()) {
                var isSymmetric = line.startsWith("= ");
                var sides = line.substring(isSymmetric ? 2 : 0).split(" ! ");
                groups.add(new Group(List.of(sides[0].split(" \\| ")), sides.length > 1
                        ? List.of(sides[1]
                                .split(" \\| "))
                        : List.of(), isSymmetric));
            }
        }
    }

    /// Two phrasings of one group with the same values.
    Pair paraphrase() {
        var group = pick(groups);
        var one = random.nextInt(group.same().size());
        var other = (one + 1 + random.nextInt(group.same().size() - 1)) % group.same().size();
        var values = values();
        return new Pair("paraphrase", fill(group.same().get(one), values), fill(group.same().get(other), values));
    }

    /// Two phrasings that differ in one value, in who is who, or in being negated.
    Pair hardNegative() {
        while (true) {
            var group = pick(groups);
            var asked = pick(group.same());
            var stored = random.nextBoolean() ? asked : pick(group.same());
            var pair = switch (random.nextInt(3)) {
                case 0 -> group.isSymmetric() ? Optional.<Pair>empty() : swapped(asked, stored);
                case 1 -> opposed(group, asked);
                default -> exchanged(asked, stored);
            };
            if (pair.isPresent()) {
                return pair.get();
            }
        }
    }

    private Optional<Pair> swapped(String asked, String stored) {
        if (!asked.contains("{other}")) {
            return Optional.empty();
        }
        var values = values();
        var reversed = new LinkedHashMap<>(values);
        reversed.put("name", values.getOrDefault("other", ""));
        reversed.put("other", values.getOrDefault("name", ""));
        return Optional.of(new Pair("reversal", fill(asked, values), fill(stored, reversed)));
    }

    private Optional<Pair> opposed(Group group, String asked) {
        if (group.opposed().isEmpty()) {
            return Optional.empty();
        }
        var values = values();
        return Optional.of(new Pair("negation", fill(asked, values), fill(pick(group.opposed()), values)));
    }

    private Optional<Pair> exchanged(String asked, String stored) {
        var slots = List.of("n", "date", "month", "name", "thing").stream().filter(slot -> asked.contains("{" + slot
                + "}")).toList();
        if (slots.isEmpty()) {
            return Optional.empty();
        }
        var slot = pick(slots);
        var values = values();
        var changed = new LinkedHashMap<>(values);
        while (changed.getOrDefault(slot, "").equals(values.get(slot)) || changed.getOrDefault("name", "").equals(
                changed.get("other"))) {
            changed.put(slot, pick(VALUES.getOrDefault(slot, List.of())));
        }
        return Optional.of(new Pair(slot, fill(asked, values), fill(stored, changed)));
    }

    private Map<String, String> values() {
        var values = new LinkedHashMap<String, String>();
        for (var slot : List.of("n", "month", "date", "name", "other", "thing")) {
            values.put(slot, pick(VALUES.getOrDefault(slot, List.of())));
        }
        while (values.getOrDefault("name", "").equals(values.get("other"))) {
            values.put("other", pick(NAMES.WORDS));
        }
        return values;
    }

    private String fill(String phrasing, Map<String, String> values) {
        var filled = phrasing;
        for (var value : values.entrySet()) {
            filled = filled.replace("{" + value.getKey() + "}", pick(List.of(value.getValue().split("\\|"))));
        }
        return filled;
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private static List<String> lines(String file) {
        try (var in = Corpus.class.getResourceAsStream("/semantic/" + file)) {
            return new String(Optional.ofNullable(in).orElseThrow().readAllBytes(), StandardCharsets.UTF_8).lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @param kind of difference
    record Pair(String kind, String asked, String stored) {}

    private record Group(List<String> same, List<String> opposed, boolean isSymmetric) {}

    private static final class NAMES {
        private static final List<String> WORDS = List.of("Nimbus", "Oslo", "Acme", "Lisbon", "Postgres", "Kestrel",
                "Berlin", "Marlow", "Redwood", "Delta", "ORX", "Tessa", "Vienna", "Quill", "Harbor");
        private static final List<String> THINGS = List.of("printer", "laptop", "bicycle", "camera", "kettle", "router",
                "scooter", "boat", "toaster", "tractor");
    }
}
