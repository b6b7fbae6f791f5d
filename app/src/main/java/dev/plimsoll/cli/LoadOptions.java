package dev.plimsoll.cli;

import dev.plimsoll.load.Arrivals;
import dev.plimsoll.load.Objective;
import dev.plimsoll.load.Objective.Measure;
import dev.plimsoll.load.Profile;
import dev.plimsoll.load.Profiles;
import dev.plimsoll.load.StepJudge;
import dev.plimsoll.load.StopConditions;
import dev.plimsoll.load.Traffic;
import dev.plimsoll.source.InputException;
import dev.plimsoll.source.Location;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// Which load `plimsoll stress` sends, and what it is held to.
final class LoadOptions {
    private static final Duration USUAL = Duration.ofSeconds(60);

    @Option(names = "--profile", paramLabel = "NAME", split = ",", description = "Run these only: normal, peak, spike, "
            + "sustained, or those of the traffic file. All of them unless named.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--quick", description = "A quarter of each profile's time, for CI.")
    private boolean quick;

    @Option(names = "--rate", paramLabel = "N", converter = TargetValues.Rate.class, description = "In place of the "
            + "profiles: this many requests a second, up to 200000.")
    private Optional<Double> rate = Optional.empty();

    @Option(names = "--clients", paramLabel = "N", converter = TargetValues.Count.class, description = "In place of "
            + "the profiles: this many clients, up to 20000, each of which waits for its answer before it asks again.")
    private Optional<Integer> clients = Optional.empty();

    @Option(names = "--for", paramLabel = "DURATION", converter = VerifyCommand.Span.class,
            description = "How long, with --rate or --clients; 60s unless named.")
    private Optional<Duration> span = Optional.empty();

    @Option(names = "--p50", paramLabel = "MS", converter = Positive.class, description = "Objective in place of each "
            + "profile's own.")
    private Optional<Double> p50 = Optional.empty();

    @Option(names = "--p95", paramLabel = "MS", converter = Positive.class, description = "Likewise.")
    private Optional<Double> p95 = Optional.empty();

    @Option(names = "--p99", paramLabel = "MS", converter = Positive.class, description = "Likewise, and what a level "
            + "below the cliff must keep to; 500 unless named.")
    private Optional<Double> p99 = Optional.empty();

    @Option(names = "--errors", paramLabel = "PERCENT", converter = Percent.class, description = "Likewise; 1 for the "
            + "cliff unless named.")
    private Optional<Double> errors = Optional.empty();

    @Option(names = "--recovery", paramLabel = "DURATION", converter = VerifyCommand.Span.class,
            description = "Likewise, "
                    + "the time after the spike until latency is as before.")
    private Optional<Duration> recovery = Optional.empty();

    @Option(names = "--stop-errors", paramLabel = "PERCENT", converter = Percent.class,
            description = "End when so many "
                    + "requests of 5 seconds fail; 50 unless named.")
    private Optional<Double> stopErrors = Optional.empty();

    @Option(names = "--stop-latency", paramLabel = "MS", converter = Positive.class, description = "End when p99 stays "
            + "above this for 5 seconds; 8000 unless named.")
    private Optional<Double> stopLatency = Optional.empty();

    @Option(names = "--stop-memory", paramLabel = "PERCENT", converter = Percent.class, description = "End when a "
            + "container holds so much of its limit; 97 unless named.")
    private Optional<Double> stopMemory = Optional.empty();

    /// @throws InputException when one of two options would be ignored
    void refuseWhatDoesNotGoTogether() {
        if (rate.isPresent() && clients.isPresent()) {
            throw new InputException(Location.ofFile("--clients"), "it does not go with --rate: clients that wait for "
                    + "their answers set the rate", "Give one of them");
        }
        if (isOwn() && namesProfiles()) {
            throw new InputException(Location.ofFile(rate.isPresent() ? "--rate" : "--clients"),
                    "it takes the place of the profiles, and does not go with " + (quick ? "--quick" : "--profile"),
                    "Give one of them; --for says how long");
        }
        if (!isOwn() && span.isPresent()) {
            throw new InputException(Location.ofFile("--for"), "it goes with --rate or --clients only",
                    "Give one of these, or --quick for a quarter of each profile's time");
        }
    }

    /// Whether one load takes the place of the profiles.
    boolean isOwn() {
        return rate.isPresent() || clients.isPresent();
    }

    boolean namesProfiles() {
        return !names.isEmpty() || quick;
    }

    /// What to run, in order.
    List<Profile> profiles(Traffic traffic) {
        if (isOwn()) {
            return List.of(objectives(new Profile(Profiles.OWN, own(), Profiles.NORMAL.objectives())));
        }
        var known = traffic.profiles().isEmpty() ? Profiles.ALL : traffic.profiles();
        var chosen = names.isEmpty() ? known : names.stream().map(name -> find(known, name)).toList();
        return chosen.stream().map(this::objectives).map(profile -> quick
                ? Profiles.scaled(profile, Profiles.QUICK, 1)
                : profile).toList();
    }

    private static Profile find(List<Profile> known, String name) {
        return known.stream().filter(profile -> profile.name().equals(name)).findFirst().orElseThrow(
                () -> new InputException(Location.ofFile("--profile"), "`"
                        + name + "` is no profile",
                        "Name one of " + known.stream().map(Profile::name).collect(Collectors
                                .joining(", "))));
    }

    private Arrivals own() {
        if (clients.isPresent()) {
            return new Arrivals.Closed(clients.get(), Duration.ofSeconds(2),
                    span.orElse(USUAL));
        }
        return Profiles.constant(rate.orElse(1.0), span.orElse(USUAL));
    }

    private Profile objectives(Profile profile) {
        return new Profile(profile.name(), profile.arrivals(), objectives(profile.objectives()));
    }

    private List<Objective> objectives(List<Objective> usual) {
        return usual.stream().map(one -> asked(one.measure()).map(most -> new Objective(one.measure(), most)).orElse(
                one)).toList();
    }

    /// What a level below the cliff must keep to.
    List<Objective> cliffObjectives() {
        return objectives(StepJudge.USUAL);
    }

    private Optional<Double> asked(Measure measure) {
        return switch (measure) {
            case P50 -> p50;
            case P95 -> p95;
            case P99 -> p99;
            case ERROR_RATE -> errors;
            case RECOVERY -> recovery.map(time -> time.toMillis() / 1000.0);
        };
    }

    StopConditions stops() {
        var usual = StopConditions.USUAL;
        return new StopConditions(stopErrors.orElse(usual.errorRate()), stopLatency.orElse(usual.latencyMillis()),
                stopMemory.orElse(usual.memoryShare()));
    }

    /// Reads a number above 0.
    static final class Positive implements ITypeConverter<Double> {
        @Override
        public Double convert(String text) {
            if (!text.matches("\\d{1,9}(\\.\\d{1,6})?") || Double.parseDouble(text) <= 0) {
                throw new TypeConversionException("`" + text + "` is no number above 0");
            }
            return Double.valueOf(text);
        }
    }

    /// Reads 0 to 100 as a share.
    static final class Percent implements ITypeConverter<Double> {
        @Override
        public Double convert(String text) {
            if (!text.matches("\\d{1,3}(\\.\\d{1,6})?%?") || Double.parseDouble(text.replace("%", "")) > 100) {
                throw new TypeConversionException("`" + text + "` is no percentage from 0 to 100");
            }
            return Double.parseDouble(text.replace("%", "")) / 100;
        }
    }
}
