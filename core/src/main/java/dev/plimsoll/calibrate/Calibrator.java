package dev.plimsoll.calibrate;

import dev.plimsoll.kinds.Calibrated;
import dev.plimsoll.kinds.Calibration;
import dev.plimsoll.lock.Lock;
import dev.plimsoll.lock.LockedService;
import dev.plimsoll.observe.Observation;
import dev.plimsoll.observe.Observations;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/// What some looks at a running stack say about its memory models.
///
/// @param comparisons in the order of the lock
/// @param takings every constant that was looked for, by service
/// @param unseen planned services whose memory nobody saw
public record Calibrator(List<Comparison> comparisons, LinkedHashMap<String, List<Taking>> takings,
        List<String> unseen) {
    /// @param looks in the order of time
    public static Calibrator of(Lock lock, List<Observations> looks) {
        var comparisons = new ArrayList<Comparison>();
        var takings = new LinkedHashMap<String, List<Taking>>();
        var unseen = new ArrayList<String>();
        for (var service : lock.services()) {
            var fullest = fullest(service, looks);
            fullest.ifPresentOrElse(states -> {
                var peak = peak(states);
                comparisons.add(new Comparison(service, peak, states.getLast().size("memory.peak"), Predicted.of(service
                        .kind(), peak)));
                takings.put(service.name(), new Constants(service, peak, Load.of(states)).all());
            }, () -> unseen.add(service.name()));
        }
        return new Calibrator(List.copyOf(comparisons), takings, List.copyOf(unseen));
    }

    /// What was measured, ready to be kept.
    public Calibration calibration() {
        var services = new LinkedHashMap<String, Calibrated>();
        takings.forEach((service, taken) -> {
            var measured = taken.stream().filter(Taking.Measured.class::isInstance).map(Taking.Measured.class::cast)
                    .map(Taking.Measured::measurement).toList();
            if (!measured.isEmpty()) {
                services.put(service, new Calibrated(measured));
            }
        });
        return new Calibration(services);
    }

    private static State peak(List<State> states) {
        return states.stream().max(Comparator.comparing(State::held)).orElseThrow();
    }

    /// The states of the container that held most, one for each look.
    private static Optional<List<State>> fullest(LockedService service, List<Observations> looks) {
        var containers = new LinkedHashSet<Integer>();
        looks.forEach(look -> look.of(service.name()).map(Observation::container).forEach(containers::add));
        return containers.stream().map(number -> looks.stream().flatMap(look -> State.of(look, service.name(), number)
                .stream()).toList()).filter(states -> !states.isEmpty())
                .max(Comparator.comparing(states -> peak(states).held()));
    }
}
