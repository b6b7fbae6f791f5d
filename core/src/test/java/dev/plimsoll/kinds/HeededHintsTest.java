package dev.plimsoll.kinds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.plan.Planner;
import dev.plimsoll.report.PlanJson;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A hint that changes nothing is said, and none that changes something.
class HeededHintsTest {
    /// Values that nobody has without asking.
    private static final List<String> HINTS = List.of("workers: 3", "worker_memory: 77m", "dataset: 50m",
            "connections: 37");

    private static Stream<Kind> kinds() {
        return Kinds.ALL.stream();
    }

    private static String planned(Kind kind, List<String> hints) {
        var stack = Examples.stack("""
                services:
                  it:
                    image: example/it:1
                    x-plimsoll: {kind: %s, %s}
                """.formatted(kind.id(), String.join(", ", hints)));
        return PlanJson.of("0", Planner.plan(stack)).toString();
    }

    /// Children of a JVM have a size and a number, and one means nothing without the other: each hint is taken away
    /// from all of them.
    @ParameterizedTest
    @MethodSource("kinds")
    void everyKindDeclaresTheHintsThatItPlansWith(Kind kind) {
        var all = planned(kind, HINTS);
        for (var hint : HINTS) {
            var name = hint.substring(0, hint.indexOf(':'));
            // The pool of an application is not in its plan, but in what is rendered.
            if (name.equals("connections") && List.of(Role.APP, Role.WORKER).contains(kind.role())) {
                assertThat(kind.heeds()).contains(name);
            } else {
                var others = HINTS.stream().filter(other -> !other.equals(hint)).toList();
                assertThat(!planned(kind, others).equals(all)).as(kind.id() + " " + hint).isEqualTo(kind.heeds()
                        .contains(name));
            }
        }
    }

    @Test
    void oneThatChangesNothingIsSaidWithItsPlace() {
        var stack = Examples.stack("""
                services:
                  cache:
                    image: redis:7
                    x-plimsoll:
                      workers: 4
                      dataset: 50m
                  web:
                    image: nginx
                    x-plimsoll: {priority: high, dataset: 1g}
                """);
        assertThat(stack.unheededHints()).map(Object::toString).containsExactly(
                "compose.yml:5:7: `workers` changes nothing for cache, which is of the kind `redis`. Its hints are "
                        + "dataset, role.",
                "compose.yml:9:34: `dataset` changes nothing for web, which is of the kind `nginx`. Leave it out, or "
                        + "name another kind with `kind`.");
    }
}
