package dev.plimsoll.load;

import dev.plimsoll.load.Objective.Measure;
import dev.plimsoll.load.Stage.Phase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The four profiles. Rates and lengths are those of the published suite; objectives are assumptions about a web
/// service with a database behind it, and meant to be replaced by one's own.
public final class Profiles {
    /// Connections open and code is compiled in 3 to 5 s (measured with an empty server).
    public static final Duration WARM_UP = Duration.ofSeconds(5);
    /// What `--quick` makes of a minute: fifteen seconds.
    public static final double QUICK = 0.25;

    private static final Duration LEAST_WARM_UP = Duration.ofSeconds(2);
    private static final Duration LEAST_SPAN = Duration.ofSeconds(5);

    /// Everyday traffic.
    public static final Profile NORMAL = new Profile("normal", constant(100, Duration.ofSeconds(60)),
            objectives(100, 300, 500, 0.001));
    /// The busiest hour.
    public static final Profile PEAK = new Profile("peak", constant(200, Duration.ofSeconds(60)),
            objectives(200, 500, 1000, 0.01));
    /// Five times the everyday traffic at once, and back.
    public static final Profile SPIKE = new Profile("spike", spike(100, 500, Duration.ofSeconds(30)),
            List.of(new Objective(Measure.P99, 5000), new Objective(Measure.ERROR_RATE, 0.05), new Objective(
                    Measure.RECOVERY, 15)));
    /// Long enough for leaks, full caches and background writing to show.
    public static final Profile SUSTAINED = new Profile("sustained", constant(150, Duration.ofMinutes(5)),
            objectives(100, 300, 500, 0.001));

    /// In the order in which they run.
    public static final List<Profile> ALL = List.of(NORMAL, PEAK, SPIKE, SUSTAINED);

    /// The name of a load that takes the place of the profiles. What it is not told it is held to as [#NORMAL] is.
    public static final String OWN = "own";

    private Profiles() {}

    public static Optional<Profile> of(String name) {
        return ALL.stream().filter(profile -> profile.name().equals(name)).findFirst();
    }

    /// Milliseconds, and a share of the requests.
    public static List<Objective> objectives(double p50, double p95, double p99, double errorRate) {
        return List.of(new Objective(Measure.P50, p50), new Objective(Measure.P95, p95), new Objective(Measure.P99,
                p99), new Objective(Measure.ERROR_RATE, errorRate));
    }

    public static Arrivals constant(double rate, Duration span) {
        return new Arrivals.Open(List.of(Stage.constant(Phase.WARM_UP, rate, WARM_UP), Stage.constant(Phase.MEASURED,
                rate, span)));
    }

    /// Ten seconds at `base` to compare with, then `rate`, then `base` again for as long.
    public static Arrivals spike(double base, double rate, Duration span) {
        return new Arrivals.Open(List.of(Stage.constant(Phase.WARM_UP, base, WARM_UP), Stage.constant(Phase.BASE, base,
                Duration.ofSeconds(10)), Stage.constant(Phase.MEASURED, rate, span),
                Stage.constant(Phase.RECOVERY,
                        base, span)));
    }

    /// The same with other times and rates. No stage gets so short that it says nothing.
    ///
    /// @param times factor for the lengths
    /// @param rates factor for the arrival rates; clients of a closed load stay as they are
    public static Profile scaled(Profile profile, double times, double rates) {
        var arrivals = switch (profile.arrivals()) {
            case Arrivals.Open(List<Stage> stages) -> new Arrivals.Open(stages.stream().map(stage -> new Stage(stage
                    .phase(), stage.from() * rates, stage.to() * rates,
                    scaled(stage.span(), times, stage.phase() == Phase.WARM_UP ? LEAST_WARM_UP : LEAST_SPAN)))
                    .toList());
            case Arrivals.Closed(int clients, Duration warmUp, Duration measured) -> new Arrivals.Closed(clients,
                    scaled(warmUp, times, LEAST_WARM_UP), scaled(measured, times, LEAST_SPAN));
        };
        return new Profile(profile.name(), arrivals, profile.objectives());
    }

    private static Duration scaled(Duration span, double factor, Duration least) {
        var scaled = Duration.ofMillis(Math.round(span.toMillis() * factor));
        return scaled.compareTo(least) >= 0 || span.compareTo(least) < 0 && factor >= 1
                ? scaled
                : span.compareTo(least) < 0 ? span : least;
    }
}
