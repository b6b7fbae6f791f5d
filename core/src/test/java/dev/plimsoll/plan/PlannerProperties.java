package dev.plimsoll.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.kinds.Amount;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.units.MemorySize;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What every plan guarantees, over random stacks and servers from half a gigabyte to 128 GB, with measurements and
/// without.
class PlannerProperties {
    private static final int STACKS = 100;

    /// As many again, of which everything was measured that can be.
    private static Inventory inventory(long seed) {
        var inventory = RandomStacks.inventory(seed % STACKS, 4096);
        return seed < STACKS ? inventory : inventory.calibrated(RandomStacks.calibration(seed, inventory));
    }

    static Stream<Long> seeds() {
        return LongStream.range(0, 2L * STACKS).boxed();
    }

    private static Stream<Plan> plans(long seed) {
        var inventory = inventory(seed);
        return Stream.of(512, 1024, 1536, 2048, 3072, 4096, 6144, 8192, 12_288, 16_384, 32_768, 65_536, 131_072)
                .map(megabytes -> Planner.planWith(inventory, MemorySize.ofMegabytes(megabytes)));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void limitsStayBelowTheLoadLine(long seed) {
        assertThat(plans(seed)).allSatisfy(plan -> {
            assertThat(plan.total()).isLessThanOrEqualTo(plan.loadLine());
            assertThat(plan.loadLine()).isLessThan(plan.inventory().host().memory());
        });
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void ceilingsStayBelowTheirLimits(long seed) {
        assertThat(plans(seed).flatMap(plan -> plan.services().stream())).allSatisfy(service -> {
            assertThat(service.ceiling().map(Amount::total).orElse(MemorySize.ZERO)).as(service.toString())
                    .isLessThanOrEqualTo(service.limit());
            assertThat(service.reservation()).isLessThanOrEqualTo(service.limit());
        });
    }

    /// But for the hundredth of a CPU that each has at least.
    @ParameterizedTest
    @MethodSource("seeds")
    void allContainersTogetherShareTheCpus(long seed) {
        assertThat(plans(seed)).allSatisfy(plan -> assertThat(plan.services().stream().mapToInt(service -> service
                .declaredReplicas() * Math.max(0, service.cpuShare().value() - 10)).sum()).isLessThanOrEqualTo(plan
                        .inventory().host().cpus().value()));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void moreMemoryNeverMakesAServiceWorse(long seed) {
        var plans = plans(seed).toList();
        for (var at = 1; at < plans.size(); at++) {
            for (var before : plans.get(at - 1).services()) {
                var after = plans.get(at).service(before.service());
                assertThat(after).as(before.service()).isPresent();
                assertThat(after.orElseThrow().limit()).as(before.service()).isGreaterThanOrEqualTo(before.limit());
                assertThat(after.orElseThrow().replicas()).isGreaterThanOrEqualTo(before.replicas());
                assertThat(after.orElseThrow().level()).as(before.service()).isGreaterThanOrEqualTo(before.level());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void sameInputGivesTheSamePlan(long seed) {
        var one = Planner.plan(inventory(seed));
        var other = Planner.plan(inventory(seed));
        assertThat(one.services()).usingRecursiveComparison().isEqualTo(other.services());
        assertThat(one.combination()).isEqualTo(other.combination());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyServiceIsPlannedOrNamedAsLeftOut(long seed) {
        assertThat(plans(seed)).allSatisfy(plan -> {
            assertThat(plan.services().size() + plan.leftOut().size())
                    .isEqualTo((int) plan.inventory().running().count());
            assertThat(plan.fits()).isEqualTo(plan.needed().compareTo(plan.loadLine()) <= 0);
            assertThat(plan.combination().isEmpty()).isEqualTo(plan.fits());
        });
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theNamedSingleChangesEachMakeItFit(long seed) {
        plans(seed).filter(plan -> !plan.fits()).forEach(plan -> assertThat(plan.singles()).allSatisfy(change -> {
            if (change.service().isEmpty()) {
                var bigger = plan.inventory().host().memory().plus(change.saves());
                assertThat(Planner.planWith(plan.inventory(), bigger).fits()).isTrue();
            } else if (change.what().startsWith("run it")) {
                var rest = plan.inventory().services().stream()
                        .filter(service -> !service.name().equals(change.service().orElseThrow())).toList();
                var without = new Inventory(plan.inventory().stack(), plan.inventory().host(), rest);
                assertThat(Planner.plan(without).fits()).as(change.toString()).isTrue();
            } else {
                assertThat(change.saves()).isGreaterThanOrEqualTo(plan.needed().minus(plan.loadLine()));
            }
        }));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void largerLimitsNeverShrinkTheMainSettings(long seed) {
        var inventory = inventory(seed);
        inventory.running().forEach(service -> {
            var sizing = service.kind().sizing(service, inventory.host());
            var level = sizing.lever().map(lever -> lever.declared()).orElse(1);
            var limit = sizing.minimum(level);
            var before = sizing.at(limit, level);
            for (var step = 0; step < 40; step++) {
                limit = limit.plus(MemorySize.ofMegabytes(48)).min(sizing.useful(level));
                var after = sizing.at(limit, level);
                for (var choice : before.choices()) {
                    if (choice.value().matches("\\d+(MB|mb|m|M|kB)?")) {
                        var larger = after.choices().stream().filter(c -> c.setting().equals(choice.setting()))
                                .findFirst().orElseThrow();
                        assertThat(bytes(larger.value())).as(choice.setting())
                                .isGreaterThanOrEqualTo(bytes(choice.value()));
                    }
                }
                before = after;
            }
        });
    }

    private static long bytes(String value) {
        var number = Long.parseLong(value.replaceAll("\\D", ""));
        return value.endsWith("kB") ? number * 1024 : value.matches("\\d+") ? number : number << 20;
    }
}
