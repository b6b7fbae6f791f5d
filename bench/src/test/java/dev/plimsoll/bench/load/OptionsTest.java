package dev.plimsoll.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.units.MemorySize;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {
    @Test
    void optionsRefineTheDefaults() {
        var options = Options.of(List.of("--limit=512m", "--rounds=3", "--seconds=4", "--only=select,build"));
        assertThat(options.limit()).isEqualTo(MemorySize.ofMegabytes(512));
        assertThat(options.rounds()).isEqualTo(3);
        assertThat(options.window(options.steps().getFirst())).isEqualTo(Duration.ofSeconds(4));
        assertThat(options.steps().stream().map(Step::id)).containsExactly("select", "build");
        assertThat(Options.of(List.of()).steps()).isEqualTo(Step.ALL);
        assertThat(Options.of(List.of("--scale=200")).sizes()).isEqualTo(new Sizes(200, Sizes.FULL.factor()));
        assertThat(Options.of(List.of("--disk=60m")).disk()).contains(MemorySize.ofMegabytes(60));
    }

    @Test
    void checkpointsHaveTimeToShow() {
        var options = Options.of(List.of("--seconds=8", "--only=tpcb"));
        assertThat(options.window(options.steps().getFirst())).isEqualTo(Duration.ofSeconds(32));
    }

    @Test
    void quickIsTheBaseWhereverItStands() {
        var options = Options.of(List.of("--rounds=2", "--quick"));
        assertThat(options.rounds()).isEqualTo(2);
        assertThat(options.sizes()).isEqualTo(Sizes.QUICK);
        assertThat(options.steps()).isNotEmpty().hasSizeLessThan(Step.ALL.size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--limit=much", "--rounds=0", "--seconds=1.5", "--only=other", "--slow", "--disk=0",
                    "--variant=jit", "--variant=j it=on",
                    "--variant=jit=", "quick"})
    void whatIsNoOptionIsNamed(String word) {
        assertThatThrownBy(() -> Options.of(List.of(word))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`" + word + "`").hasMessageContaining("Usage: ");
    }
}
