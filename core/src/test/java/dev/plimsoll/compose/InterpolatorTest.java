package dev.plimsoll.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.source.InputException;
import dev.plimsoll.source.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InterpolatorTest {
    private static final Location HERE = new Location("compose.yml", 7, 3);
    private static final Map<String, String> VARIABLES = Map.of("A", "x", "EMPTY", "", "B_2", "y", "NESTED", "${A}");
    private final List<String> notes = new ArrayList<>();
    private final List<String> resolved = new ArrayList<>();

    private String expand(String text) {
        return new Interpolator(VARIABLES, new Interpolator.Unresolved() {
            @Override
            public void unset(String name, Location where) {
                notes.add("unset " + name);
            }

            @Override
            public void required(String name, String message, Location where) {
                notes.add("required " + name + ": " + message);
            }

            @Override
            public void resolved(String name, Optional<String> fallback, Location where) {
                resolved.add(name + fallback.map(text -> "=" + text).orElse(""));
            }
        }).apply(text, HERE);
    }

    @ParameterizedTest
    @CsvSource({"$A, A", "${A:?e}, A", "${NO:-d}, NO=d", "${A-}, A=", "${A:-${NO}}, A=${NO}",
            "${NO:-${A}}, 'NO=${A},A'", "${NO:+r}, NO=", "${A+r}, A=",
            "$NO, ''"})
    void variablesThatMayStayAreToldWithTheirDefaults(String text, String told) {
        expand(text);
        assertThat(String.join(",", resolved)).isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource({"plain, plain", "$A, x", "${A}, x", "-$A-, -x-", "$A$B_2, xy", "$A.b, x.b", "${A}b, xb", "${EMPTY}, ''",
            "${A:-d}, x", "${EMPTY:-d}, d", "${NO:-d}, d", "${A-d}, x", "${EMPTY-d}, ''", "${NO-d}, d", "${NO:-}, ''",
            "${A:+r}, r", "${EMPTY:+r}, ''", "${NO:+r}, ''", "${A+r}, r", "${EMPTY+r}, r", "${NO+r}, ''",
            "${A:?e}, x", "${A?e}, x", "${EMPTY?e}, ''"})
    void everyForm(String text, String expanded) {
        assertThat(expand(text)).isEqualTo(expanded);
        assertThat(notes).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"${NO:-${A}}, x", "${NO:-${NEITHER:-deep}}, deep", "${NO:-a${A}b${B_2}c}, axbyc", "${A:+${B_2}}, y",
            "${NO:-${A:-{}}}, x}", "${NO-${EMPTY:-z}}, z"})
    void defaultsNest(String text, String expanded) {
        assertThat(expand(text)).isEqualTo(expanded);
    }

    @ParameterizedTest
    @CsvSource({"$$, $", "$$A, $A", "$${A}, ${A}", "$$$A, $x", "cost 5$, cost 5$", "$1, $1", "$ A, $ A", "a$-b, a$-b",
            "${NO:-$$x}, $x"})
    void dollarSigns(String text, String expanded) {
        assertThat(expand(text)).isEqualTo(expanded);
    }

    @ParameterizedTest
    @CsvSource({"${NO:-127.0.0.1:2283:2283}, 127.0.0.1:2283:2283", "${NO:-a|b}, a|b", "${NO-:2283}, :2283",
            "${NO:-a:-b}, a:-b", "${NO:-a?b}, a?b"})
    void defaultsMayHoldOperators(String text, String expanded) {
        assertThat(expand(text)).isEqualTo(expanded);
    }

    @Test
    void valuesAreNotExpandedAgain() {
        assertThat(expand("${NESTED}")).isEqualTo("${A}");
    }

    @Test
    void unsetVariablesBecomeNothingAndAreNoted() {
        assertThat(expand("a${NO}b$NEITHER")).isEqualTo("ab");
        assertThat(notes).containsExactly("unset NO", "unset NEITHER");
    }

    @Test
    void requiredVariablesAreNotedWithTheirMessage() {
        assertThat(expand("${NO:?set $A please}${EMPTY:?not empty}${NEITHER?}")).isEmpty();
        assertThat(notes).containsExactly("required NO: set x please", "required EMPTY: not empty",
                "required NEITHER: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"${", "${}", "${A", "${1}", "${A:}", "${A!x}", "${A:=x}", "${-x}", "a ${A:-${B} c"})
    void malformedTextIsRefusedWithTheTextAndTheRemedy(String text) {
        assertThatThrownBy(() -> expand(text)).isInstanceOf(InputException.class)
                .hasMessageStartingWith("compose.yml:7:3: `" + text + "` ")
                .hasMessageEndingWith("Write `$$` for a dollar sign, or `${NAME}` and `${NAME:-default}` for a "
                        + "variable.");
    }

    @Test
    void deepNestingIsRefused() {
        assertThatThrownBy(() -> expand("${NO:-".repeat(5000) + "}".repeat(5000))).isInstanceOf(InputException.class)
                .hasMessageContaining("nests more than 50 variables");
    }
}
