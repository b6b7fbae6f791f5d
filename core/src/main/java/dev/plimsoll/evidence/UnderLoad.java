package dev.plimsoll.evidence;

import dev.plimsoll.evidence.Evidence.Item;
import dev.plimsoll.load.Cliff;
import dev.plimsoll.load.Inside;
import dev.plimsoll.load.LoadRun;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/// What was seen inside the containers while they were under the load that they have to bear: in the runs that gave the
/// latest result of each profile, up to where a search for the cliff begins. There things are meant to break.
///
/// @param looks oldest first, each with what was seen
public record UnderLoad(List<Item<Inside>> looks) {
    static final List<String> PROFILES = List.of("normal", "peak", "spike", "sustained");

    public UnderLoad {
        looks = List.copyOf(looks);
    }

    /// The four profiles where any of them was run, else whatever was.
    static UnderLoad of(Evidence evidence) {
        var usual = runs(evidence, PROFILES.stream());
        var runs = usual.isEmpty()
                ? runs(evidence, evidence.runs().stream().flatMap(run -> run.content().profiles().stream())
                        .map(run -> run.profile().name()).distinct())
                : usual;
        return new UnderLoad(runs.stream().map(run -> new Item<>(run.file(), beforeTheCliff(run.content())))
                .filter(look -> !look.content().series().isEmpty()).toList());
    }

    private static List<Item<LoadRun>> runs(Evidence evidence, Stream<String> profiles) {
        var needed = profiles.flatMap(name -> evidence.profile(name).stream()).map(Evidence.Part::run).toList();
        return evidence.runs().stream().filter(needed::contains).toList();
    }

    /// What was seen inside in a run until it searched for the cliff.
    public static Inside beforeTheCliff(LoadRun run) {
        var end = run.cliffs().stream().flatMap(cliff -> cliff.steps().stream()).mapToDouble(Cliff.Step::startedAt)
                .min().orElse(Double.MAX_VALUE);
        var seen = run.inside();
        return new Inside(seen.series().stream().map(series -> new Inside.Series(series.service(), series.container(),
                series.what(), series.unit(), series.points().stream().filter(point -> point.at() < end).toList()))
                .filter(series -> !series.points().isEmpty()).toList(), seen.parts(), seen.gaps());
    }

    /// The latest look.
    public Optional<Inside> last() {
        return looks.isEmpty() ? Optional.empty() : Optional.of(looks.getLast().content());
    }

    /// What the stack lost in any of them, one sentence each.
    public List<String> losses() {
        return looks.stream().flatMap(look -> look.content().losses().stream()).distinct().toList();
    }

    /// The look for which something is most, among those that tell.
    <T> Optional<Item<T>> worst(Function<Inside, Optional<T>> found, ToDoubleFunction<T> value) {
        return looks.stream().flatMap(look -> found.apply(look.content()).map(one -> new Item<>(look.file(), one))
                .stream()).max(Comparator.comparingDouble(item -> value.applyAsDouble(item.content())));
    }
}
