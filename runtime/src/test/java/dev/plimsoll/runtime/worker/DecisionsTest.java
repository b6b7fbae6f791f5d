package dev.plimsoll.runtime.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is decided without touching a process.
class DecisionsTest {
    private static final Bounds BOUNDS = new Bounds(90, 80, Memory.ofMegabytes(100));

    private static Memory mb(long megabytes) {
        return Memory.ofMegabytes(megabytes);
    }

    private static Reading reading(int available, int cpu) {
        return new Reading(mb(1000), mb(available), cpu);
    }

    @ParameterizedTest
    @CsvSource({"500, 50, 0, 100, ''", "89, 50, 0, 0, MAX_MEMORY_PERCENT", "500, 81, 0, 0, MAX_CPU_PERCENT",
            "500, 80, 0, 400, ''", "500, 80, 0, 401, MIN_FREE_MEMORY", "500, 80, 300, 101, MIN_FREE_MEMORY"})
    void aJobIsLetInWhenAllBoundsHoldWithIt(int available, int cpu, int promised, int needed, String refusal) {
        assertThat(new Gate(BOUNDS).refusal(reading(available, cpu), mb(promised), mb(needed)).map(Enum::name).orElse(
                "")).isEqualTo(refusal);
    }

    @Test
    void theGateOpensAgainOnlyWithAMargin() {
        var gate = new Gate(BOUNDS);
        assertThat(gate.refusal(reading(500, 81), mb(0), mb(0))).contains(Refusal.MAX_CPU_PERCENT);
        assertThat(gate.refusal(reading(500, 78), mb(0), mb(0))).contains(Refusal.MAX_CPU_PERCENT);
        assertThat(gate.refusal(reading(500, 75), mb(0), mb(0))).isEmpty();
        assertThat(gate.refusal(reading(500, 78), mb(0), mb(0))).isEmpty();
    }

    @Test
    void busyProcessorsKeepNobodyOutWhereAllOfThemMayBeBusy() {
        var gate = new Gate(new Bounds(90, 100, mb(100)));
        assertThat(gate.refusal(reading(89, 100), mb(0), mb(0))).contains(Refusal.MAX_MEMORY_PERCENT);
        assertThat(gate.refusal(reading(500, 100), mb(0), mb(0))).isEmpty();
    }

    @Test
    void memoryToo() {
        var gate = new Gate(BOUNDS);
        assertThat(gate.refusal(reading(89, 0), mb(0), mb(0))).contains(Refusal.MAX_MEMORY_PERCENT);
        assertThat(gate.refusal(reading(140, 0), mb(0), mb(0))).contains(Refusal.MAX_MEMORY_PERCENT);
        assertThat(gate.refusal(reading(150, 0), mb(0), mb(0))).isEmpty();
        assertThat(gate.refusal(reading(500, 0), mb(0), mb(401))).contains(Refusal.MIN_FREE_MEMORY);
        assertThat(gate.refusal(reading(500, 0), mb(0), mb(396))).contains(Refusal.MIN_FREE_MEMORY);
        assertThat(gate.refusal(reading(500, 0), mb(0), mb(395))).isEmpty();
    }

    @Test
    void jobsAreTakenAsLongAsTheSmallestWouldBeLetIn() {
        var peaks = new Peaks(mb(128));
        for (var time = 0; time < 20; time++) {
            peaks.learn("small", mb(10));
        }
        var admission = new Admission(new Gate(new Bounds(100, 100, mb(100))), peaks, () -> reading(200, 0), () -> mb(
                0));
        assertThat(admission.isOpen(List.of("small", "large"))).isTrue();
        assertThat(admission.isOpen(List.of("large"))).isFalse();
    }

    @Test
    void noKindIsExpectedToTakeMoreThanItsCeiling() {
        var peaks = new Peaks(mb(128));
        for (var time = 0; time < 20; time++) {
            peaks.learn("a", mb(170));
        }
        assertThat(peaks.expected("a")).isEqualTo(mb(128));
    }

    @Test
    void theNinetyFifthPercentileOfAKindIsLearned() {
        var peaks = new Peaks(mb(128));
        for (var peak = 1; peak <= 19; peak++) {
            peaks.learn("a", mb(peak));
        }
        assertThat(peaks.expected("a")).as("too few").isEqualTo(mb(128));
        for (var peak = 20; peak <= 100; peak++) {
            peaks.learn("a", mb(peak));
        }
        assertThat(peaks.expected("a")).isEqualTo(mb(95));
        assertThat(peaks.expected("b")).isEqualTo(mb(128));
    }

    @Test
    void aKindThatChangesIsLearnedAnew() {
        var peaks = new Peaks(mb(128));
        for (var time = 0; time < 400; time++) {
            peaks.learn("a", mb(time < 200 ? 100 : 10));
        }
        assertThat(peaks.expected("a")).isEqualTo(mb(10));
    }

    @Test
    void whatWasPromisedInsideIsNotPromisedTwice() throws Exception {
        var taken = new AtomicReference<>(mb(0));
        var admission = new Admission(new Gate(new Bounds(100, 100, mb(100))), new Peaks(mb(128)), () -> reading(400,
                0), taken::get);
        var first = admission.enter("a", Duration.ZERO);
        var second = admission.enter("a", Duration.ZERO);
        assertThat(first).isPresent();
        assertThat(second).isPresent();
        assertThat(admission.enter("a", Duration.ZERO)).as("400 - 100 - 2 x 128 MB are less than 128").isEmpty();
        assertThat(admission.refusals(Refusal.MIN_FREE_MEMORY)).isPositive();
        first.orElseThrow().close();
        assertThat(admission.enter("a", Duration.ZERO)).isPresent();
        assertThat(admission.enter("a", Duration.ZERO)).as("the second is inside still").isEmpty();
    }

    @Test
    void aJobWaitsForItsPlaceAsLongAsItHasPatience() throws Exception {
        var looks = new AtomicInteger();
        var admission = new Admission(new Gate(new Bounds(100, 100, mb(100))), new Peaks(mb(128)), () -> reading(looks
                .incrementAndGet() < 3 ? 200 : 400, 0), () -> mb(0));
        assertThat(admission.enter("a", Duration.ofSeconds(30))).isPresent();
        assertThat(looks).hasValue(3);
    }

    @Test
    void whatThoseInsideHaveTakenIsNotCountedTwice() throws Exception {
        var taken = new AtomicReference<>(mb(0));
        var admission = new Admission(new Gate(new Bounds(100, 100, mb(100))), new Peaks(mb(128)), () -> reading(400,
                0), taken::get);
        assertThat(admission.enter("a", Duration.ZERO)).isPresent();
        assertThat(admission.enter("a", Duration.ZERO)).isPresent();
        taken.set(mb(256));
        assertThat(admission.enter("a", Duration.ZERO)).as("400 - 100 MB are more than 128").isPresent();
    }

    @ParameterizedTest
    @CsvSource({"128MB, 134217728", "128m, 134217728", "1g, 1073741824", "512, 512", "2 KiB, 2048", "1GB, 1073741824"})
    void readsAmountsOfMemory(String text, long bytes) {
        assertThat(Memory.parse(text)).isEqualTo(new Memory(bytes));
    }

    @Test
    void refusesLimitsThatCannotHold() {
        assertThatThrownBy(() -> Memory.parse("much")).hasMessageContaining("write it like 128MB");
        assertThatThrownBy(() -> Limits.of(mb(20))).hasMessage("a child needs a ceiling of at least 48MB, not 20MB");
        assertThatThrownBy(() -> Limits.of(mb(100)).withSoft(mb(100))).hasMessageContaining("below the ceiling");
        assertThatThrownBy(() -> JobKind.ofJson("two words")).hasMessageContaining("`two words`");
    }

    @Test
    void aFamilyIsWhatDescendsFromAProcessOrBelongsToItsSession() {
        var processes = List.of(new Procfs.Stat(10, "S", 1, 10, "0"), new Procfs.Stat(11, "S", 10, 10, "0"),
                new Procfs.Stat(13, "S", 12, 77, "0"), new Procfs.Stat(12, "S", 11, 12, "0"), new Procfs.Stat(14, "S",
                        1, 10, "0"),
                new Procfs.Stat(15, "Z", 10, 10, "0"), new Procfs.Stat(20, "S", 1, 20, "0"));
        assertThat(Procfs.family(10, processes)).containsExactlyInAnyOrder(10L, 11L, 12L, 13L, 14L);
    }

    @Test
    void knowsWhetherAProcessOfThisMachineIsGone() throws Exception {
        var self = Origin.self();
        assertThat(Origin.parse(self.toString())).contains(self);
        assertThat(self.isGone()).isFalse();
        var other = new ProcessBuilder("/bin/sleep", "60").start();
        var origin = Origin.of(other.pid());
        assertThat(origin.isGone()).isFalse();
        other.destroyForcibly().waitFor();
        assertThat(origin.isGone()).isTrue();
        assertThat(new Origin("elsewhere/1", other.pid(), "1").isGone()).isFalse();
        assertThat(new Origin(self.machine(), self.pid(), "1").isGone()).as("another had the number").isTrue();
        assertThat(Origin.parse("a-host-name")).isEmpty();
        assertThat(new Origin(self.machine(), 4_194_304, "123456789012").toString()).as("what db-scheduler keeps")
                .hasSizeLessThanOrEqualTo(50);
    }

    @Test
    void removesGroupsThatAKilledParentLeftAndNoOthers(@TempDir Path directory) throws Exception {
        var ended = new ProcessBuilder("true").start();
        ended.waitFor();
        var left = Files.createDirectory(directory.resolve("plimsoll-" + ended.pid() + "-3"));
        var own = Files.createDirectory(directory.resolve("plimsoll-" + ProcessHandle.current().pid() + "-3"));
        var foreign = Files.createDirectory(directory.resolve("plimsoll-shop"));
        var busy = Files.createDirectories(directory.resolve("plimsoll-" + ended.pid() + "-4/inside"));

        new Cgroup(directory, true).sweep(Pattern.compile("plimsoll-(\\d+)-\\d+"));

        assertThat(left).doesNotExist();
        assertThat(List.of(own, foreign, busy)).allSatisfy(group -> assertThat(group).isDirectory());
    }

    @Test
    void findsAndLimitsCgroupsOfBothVersions(@TempDir Path mount) throws Exception {
        Files.createDirectories(mount.resolve("memory/docker/a"));
        var first = Cgroup.of("5:cpu:/docker/a\n4:memory:/docker/a\n0::/docker/a\n", mount).orElseThrow();
        assertThat(first).isEqualTo(new Cgroup(mount.resolve("memory/docker/a"), false));
        assertThat(Cgroup.of("5:cpu:/docker/a\n", mount)).isEmpty();
        Files.createDirectories(mount.resolve("app"));
        Files.writeString(mount.resolve("cgroup.controllers"), "cpu memory\n");
        var group = Cgroup.of("0::/app\n", mount).orElseThrow();
        assertThat(group).isEqualTo(new Cgroup(mount.resolve("app"), true));
        var below = group.create("child", mb(64)).orElseThrow();
        assertThat(Files.readString(mount.resolve("app/cgroup.subtree_control"))).isEqualTo("+memory");
        assertThat(Files.readString(below.directory().resolve("memory.max"))).isEqualTo("67108864");
        assertThat(below.limit()).contains(mb(64));
        Files.writeString(below.directory().resolve("memory.events"), "low 0\noom 3\noom_kill 2\n");
        Files.writeString(below.directory().resolve("memory.current"), "5000\n");
        Files.writeString(below.directory().resolve("memory.stat"), "anon 10\ninactive_file 1000\n");
        assertThat(below.kills()).isEqualTo(2);
        assertThat(below.used()).isEqualTo(new Memory(4000));
        Files.writeString(below.directory().resolve("memory.max"), "max\n");
        assertThat(below.limit()).isEmpty();
        Files.writeString(mount.resolve("app/memory.max"), "50000\n");
        assertThat(below.limit()).as("that of the group above").contains(new Memory(50_000));
    }
}
