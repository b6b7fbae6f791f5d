package dev.plimsoll.evidence;

import dev.plimsoll.load.Cliff;
import dev.plimsoll.load.LoadRun;
import dev.plimsoll.load.ProfileRun;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// All that was recorded of one stack, oldest first.
public record Evidence(List<Item<Verified>> verifications, List<Item<LoadRun>> runs, List<Item<StartUp>> startUps,
        List<Item<Measured>> measurements) {
    public Evidence {
        verifications = sorted(verifications, Comparator.comparing(item -> item.content().when()));
        runs = sorted(runs, Comparator.comparing(item -> item.content().started()));
        startUps = sorted(startUps, Comparator.comparing(item -> item.content().when()));
        measurements = sorted(measurements, Comparator.comparing(item -> item.content().when()));
    }

    public static final Evidence NONE = new Evidence(List.of(), List.of(), List.of(), List.of());

    /// @param file its name, by which reports refer to it
    public record Item<T>(String file, T content) {}

    /// One part of a load run, and the run it is from.
    public record Part<T>(Item<LoadRun> run, T content) {}

    private static <T> List<Item<T>> sorted(List<Item<T>> items, Comparator<Item<T>> byTime) {
        return items.stream().sorted(byTime.thenComparing(Item::file)).toList();
    }

    public boolean isEmpty() {
        return verifications.isEmpty() && runs.isEmpty() && startUps.isEmpty()
                && measurements.isEmpty();
    }

    public Optional<Item<Verified>> lastVerification() {
        return verifications.isEmpty() ? Optional.empty() : Optional.of(verifications.getLast());
    }

    public Optional<Item<StartUp>> lastStartUp() {
        return startUps.isEmpty() ? Optional.empty() : Optional.of(startUps.getLast());
    }

    public Optional<Item<Measured>> lastMeasurement() {
        return measurements.isEmpty() ? Optional.empty() : Optional.of(measurements.getLast());
    }

    /// The latest run of a profile.
    public Optional<Part<ProfileRun>> profile(String name) {
        return runs.reversed().stream().flatMap(run -> run.content().profile(name).stream()
                .map(found -> new Part<>(run, found))).findFirst();
    }

    /// The latest search along an axis.
    public Optional<Part<Cliff>> cliff(Cliff.Axis axis) {
        return runs.reversed().stream().flatMap(run -> run.content().cliff(axis).stream()
                .map(found -> new Part<>(run, found))).findFirst();
    }

    /// What was seen inside the containers under the load that they have to bear.
    public UnderLoad underLoad() {
        return UnderLoad.of(this);
    }
}
