package dev.plimsoll.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The Markdown page about a run.
record Page(Options options, List<String> words, List<Contestant> contestants, Results results, Machine machine,
        Duration took) {
    private static final String NONE = "-";

    String text() {
        var plan = contestants.getFirst();
        return template().replace("{limit}", options.limit().toString())
                .replace("{machine}", machine.system() + ", " + machine.cores() + " cores, " + machine.server())
                .replace("{load}", machine.before() + " before the run and " + machine.after() + " after it")
                .replace("{rounds}", String.valueOf(options.rounds()))
                .replace("{seconds}", String.valueOf(options.window().toSeconds()))
                .replace("{long}", String.valueOf(options.window().multipliedBy(4).toSeconds()))
                .replace("{minutes}", String.valueOf(Math.ceilDiv(took.toSeconds(), 60)))
                .replace("{connections}", String.valueOf(plan.connections()))
                .replace("{pool}", String.valueOf(plan.poolSize()))
                .replace("{settings}", settings().toString()).replace("{throughput}", throughput().toString())
                .replace("{latency}", latency().toString()).replace("{kills}", kills().toString())
                .replace("{peaks}", peaks().toString()).replace("{writes}", Ratios.of(this).writes())
                .replace("{options}", repeating()).replace("{disk}", options.disk().map(size -> " The disk takes "
                        + size + " a second from each server, by a cgroup.").orElse(""))
                .replace("{variants}", options.variants().isEmpty()
                        ? ""
                        : "\n\nFurther sides are the plan with one setting changed; ratios above 1 speak against the change.")
                .replace("{accounts}", options.sizes().accounts().toString())
                .replace("{shop}", options.sizes().shop().toString())
                .replace("{lines}", number("%,d", options.sizes().lines()));
    }

    private static String template() {
        try (var text = Page.class.getResourceAsStream("/load/page.md")) {
            return new String(Objects.requireNonNull(text, "page.md").readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// The options that make a difference to the figures.
    private String repeating() {
        return words.stream().filter(word -> !word.startsWith("--work=") && !word.startsWith("--out="))
                .map(word -> " " + word).collect(Collectors.joining());
    }

    private Grid settings() {
        var names = contestants.stream().flatMap(contestant -> contestant.settings().keySet().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        var grid = grid("setting");
        names.forEach(name -> grid.row(cells(name, contestants.stream()
                .map(contestant -> contestant.settings().getOrDefault(name, "built-in")))));
        return grid;
    }

    private Grid throughput() {
        var grid = grid("load", contestants.stream().skip(1).map(other -> "Plimsoll / " + other.name())
                .toArray(String[]::new));
        for (var step : options.steps()) {
            grid.row(cells(step.name(), Stream.concat(
                    contestants.stream().map(contestant -> perSecond(step, contestant)),
                    Ratios.of(this).throughput(step))));
        }
        builds().forEach(step -> grid.row(cells("one index build, seconds", Stream.concat(
                figures(contestant -> seconds(results.buildMillis(step, contestant)), "%.2f"),
                Ratios.of(this).builds(step)))));
        return grid;
    }

    /// The median, and the least and the most of the rounds.
    private String perSecond(Step step, Contestant contestant) {
        var median = results.median(step, contestant, Outcome::perSecond);
        if (median.isEmpty()) {
            return NONE;
        }
        var rounds = results.of(step, contestant).stream().mapToDouble(Outcome::perSecond).summaryStatistics();
        return number("%.0f", median.getAsDouble()) + (rounds.getCount() == 1
                ? ""
                : " (" + number("%.0f", rounds.getMin()) + " to " + number("%.0f", rounds.getMax()) + ")");
    }

    private Stream<Step> builds() {
        return options.steps().stream().filter(step -> step.kind() == Step.Kind.BUILD);
    }

    private static OptionalDouble seconds(OptionalDouble millis) {
        return millis.isPresent() ? OptionalDouble.of(millis.getAsDouble() / 1000) : millis;
    }

    private Grid latency() {
        var grid = grid("load");
        for (var step : options.steps()) {
            grid.row(cells(step.name(), figures(contestant -> results.median(step, contestant, Outcome::p95),
                    "%.1f")));
        }
        return grid;
    }

    private Grid kills() {
        var grid = grid("");
        grid.row(cells("OOM kills", contestants.stream().map(side -> String.valueOf(results.oomKills(side)))));
        grid.row(cells("clients lost the server", contestants.stream().map(side -> String.valueOf(
                results.breaks(side)))));
        grid.row(cells("peak, MB", contestants.stream().map(side -> String.valueOf(options.steps().stream()
                .map(step -> results.peak(step, side)).reduce(Held.NOTHING, Held::larger).total().megabytes()))));
        grid.row(cells("permitted by the settings, MB", contestants.stream()
                .map(side -> String.valueOf(Forecast.ceiling(side).megabytes()))));
        return grid;
    }

    /// Peaks of the plan, with their parts, beside the forecast.
    private Grid peaks() {
        var plan = contestants.getFirst();
        var grid = new Grid("load", "connections", "forecast", "peak", "peak / forecast", "private", "shared", "kernel",
                "peak / ceiling");
        for (var step : options.steps()) {
            var forecast = Forecast.of(plan, step);
            var peak = results.peak(step, plan);
            grid.row(step.name(), String.valueOf(plan.open(step.clients())), String.valueOf(forecast.megabytes()),
                    String.valueOf(peak.total().megabytes()), number("%.2f", peak.total().ratioTo(forecast)), String
                            .valueOf(peak.anonymous().megabytes()),
                    String.valueOf(peak.shared().megabytes()),
                    String.valueOf(peak.kernel().megabytes()), number("%.2f", peak.total().ratioTo(
                            Forecast.ceiling(plan))));
        }
        return grid;
    }

    private Grid grid(String first, String... last) {
        var heads = new ArrayList<>(List.of(first));
        contestants.forEach(contestant -> heads.add(contestant.name()));
        heads.addAll(List.of(last));
        return new Grid(heads.toArray(String[]::new));
    }

    private Stream<String> figures(Function<Contestant, OptionalDouble> figure, String form) {
        return contestants.stream().map(figure).map(value -> value.isPresent()
                ? number(form, value.getAsDouble())
                : NONE);
    }

    private static List<String> cells(String first, Stream<String> others) {
        return Stream.concat(Stream.of(first), others).toList();
    }

    static String number(String form, Object value) {
        return String.format(Locale.ROOT, form, value);
    }
}
