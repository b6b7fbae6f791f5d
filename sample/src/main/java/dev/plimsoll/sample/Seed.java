package dev.plimsoll.sample;

import dev.plimsoll.runtime.pool.Pool;
import dev.plimsoll.runtime.telemetry.Traces;
import dev.plimsoll.sample.ingest.Reading;
import dev.plimsoll.sample.search.HashingEmbedder;
import dev.plimsoll.sample.store.Database;
import dev.plimsoll.sample.store.Documents;
import dev.plimsoll.sample.store.Schema;
import dev.plimsoll.sample.text.Format;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Made-up documents for demonstrations and load tests: the same number gives the same text on every machine. The text
/// is about ships of an invented fleet, so that questions such as `Where was the Amber Heron built?` have one answer.
final class Seed {
    private static final List<String> COLOURS = List.of("Amber", "Azure", "Copper", "Crimson", "Golden", "Indigo",
            "Ivory", "Jade", "Scarlet", "Silver", "Umber", "Violet");
    private static final List<String> BIRDS = List.of("Avocet", "Bittern", "Curlew", "Dunlin", "Egret", "Fulmar",
            "Gannet", "Heron", "Kittiwake", "Lapwing", "Osprey", "Petrel", "Plover", "Sanderling", "Tern", "Whimbrel");
    private static final List<String> PORTS = List.of("Arnesby", "Brackwater", "Calder Quay", "Dunmere", "Eastry",
            "Fernhaven", "Garrow", "Hollin Sound", "Inverlode", "Kelmouth");
    private static final List<String> GOODS = List.of("barley", "coffee", "copper ore", "flax", "glass", "indigo",
            "lamp oil", "linen", "pepper", "rope", "slate", "tea", "timber", "wool");
    private static final List<String> EVENTS = List.of("lost her foremast in a gale off %s",
            "carried %s past the winter ice", "was repaired in the dry dock of %s", "took on a pilot at %s",
            "waited nine days for the tide at %s", "sold her cargo of %s at a loss", "was surveyed at %s");
    private static final int PARAGRAPHS = 40;

    private Seed() {}

    /// @param documents how many there are afterwards in the source `fleet`
    static void run(Settings settings, int documents) throws SQLException {
        Schema.migrate(settings.migrationUrl());
        try (var pool = Pool.open(settings.database(), settings.pool().sized(1, 2), Optional.empty())) {
            var database = new Database(pool, new SimpleMeterRegistry(), Traces.none());
            var store = new Documents(database);
            var reading = new Reading(store, new HashingEmbedder(), settings.uploadLimit());
            var there = database.first("seed_count", "SELECT count(*) FROM documents WHERE source = 'fleet'", row -> row
                    .getInt(1)).orElse(0);
            for (var number = there; number < documents; number++) {
                var text = text(number).getBytes(StandardCharsets.UTF_8);
                reading.read(store.add("fleet", title(number), Format.TEXT, text).id());
            }
        }
    }

    static String ship(int number) {
        var name = COLOURS.get(number % COLOURS.size()) + " " + BIRDS.get(number / COLOURS.size() % BIRDS.size());
        var again = number / (COLOURS.size() * BIRDS.size());
        return again == 0 ? name : name + " " + (again + 1);
    }

    private static String title(int number) {
        return "History of the " + ship(number);
    }

    static String text(int number) {
        var random = new Random(number);
        var ship = ship(number);
        var first = "The " + ship + " was built at " + one(PORTS, random) + " in " + (1780 + random.nextInt(90))
                + ". Her first master was Captain " + one(BIRDS, random) + " of " + one(PORTS, random) + ".";
        return first + "\n\n" + IntStream.range(0, PARAGRAPHS).mapToObj(at -> paragraph(ship, random)).collect(
                Collectors.joining("\n\n"));
    }

    private static String paragraph(String ship, Random random) {
        return IntStream.range(0, 5).mapToObj(at -> {
            var event = one(EVENTS, random);
            var what = event.contains("carried") || event.contains("cargo") ? one(GOODS, random) : one(PORTS, random);
            return "In the year " + (1800 + random.nextInt(80)) + " the " + ship + " " + event.formatted(what)
                    + " under mate number " + random.nextInt(5000) + ".";
        }).collect(Collectors.joining(" "));
    }

    private static String one(List<String> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }
}
