package dev.plimsoll.observe;

import dev.plimsoll.units.MemorySize;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Reads the texts of cgroup files. A file that is absent leaves its value empty or zero.
public final class CgroupFiles {
    static final List<String> MEMORY_V1 = List.of("memory.usage_in_bytes", "memory.max_usage_in_bytes",
            "memory.limit_in_bytes", "memory.stat", "memory.oom_control", "memory.kmem.usage_in_bytes");
    static final List<String> MEMORY_V2 = List.of("memory.current", "memory.peak", "memory.max", "memory.stat",
            "memory.events");
    static final List<String> PRESSURE = List.of("memory.pressure", "cpu.pressure", "io.pressure");

    /// A limit from here on is none: version 1 writes the largest multiple of the page size below 2^63.
    private static final long NO_LIMIT = 1L << 60;
    private static final double NANOSECONDS = 1e9;
    private static final double MICROSECONDS = 1e6;

    private final CgroupPlace place;
    private final Map<String, String> texts;

    private CgroupFiles(CgroupPlace place, Map<String, String> texts) {
        this.place = place;
        this.texts = texts;
    }

    /// @param texts the text of each readable file of [CgroupPlace#files], by its path
    /// @return empty when the kernel does not account memory there, as in the root of version 2
    public static Optional<CgroupReading> reading(CgroupPlace place, Map<String, String> texts) {
        var files = new CgroupFiles(place, texts);
        return place.version() == 1 ? files.version1() : files.version2();
    }

    private Optional<CgroupReading> version1() {
        return memory("memory.usage_in_bytes").map(current -> {
            var shared = size(stat("total_shmem").or(() -> stat("shmem")));
            var cache = size(stat("total_cache").or(() -> stat("cache")));
            var inactive = size(stat("total_inactive_file").or(() -> stat("inactive_file")));
            return new CgroupReading(1, current, current.minus(inactive), size(stat("total_rss").or(() -> stat("rss"))),
                    shared, cache.minus(shared), memory("memory.kmem.usage_in_bytes"),
                    memory("memory.max_usage_in_bytes"), limit1(), in("memory.oom_control", "oom_kill").orElse(0L),
                    Optional.empty(),
                    cpu("cpuacct.usage").flatMap(CgroupFiles::number).map(time -> time / NANOSECONDS).orElse(0.0),
                    cpuStat("throttled_time") / NANOSECONDS, periods(), pids(), pressure("memory.pressure"),
                    pressure("cpu.pressure"), pressure("io.pressure"));
        });
    }

    private Optional<CgroupReading> version2() {
        return memory("memory.current").map(current -> {
            var shared = size(stat("shmem"));
            return new CgroupReading(2, current, current.minus(size(stat("inactive_file"))), size(stat("anon")),
                    shared, size(stat("file")).minus(shared), kernel2(),
                    memory("memory.peak"), limit2(), in("memory.events", "oom_kill").orElse(0L),
                    in("memory.events", "max"), cpuStat("usage_usec") / MICROSECONDS,
                    cpuStat("throttled_usec") / MICROSECONDS, periods(), pids(), pressure("memory.pressure"),
                    pressure("cpu.pressure"), pressure("io.pressure"));
        });
    }

    /// The kernel's memory in one number since Linux 5.18, in its parts before.
    private Optional<MemorySize> kernel2() {
        return stat("kernel").or(() -> Stream.of("slab", "kernel_stack", "pagetables", "percpu", "sock").flatMap(
                part -> stat(part).stream()).reduce(Long::sum)).map(MemorySize::ofBytes);
    }

    private Optional<MemorySize> limit1() {
        return Stream.of(stat("hierarchical_memory_limit"), number(place.memory() + "/memory.limit_in_bytes", texts))
                .flatMap(Optional::stream).filter(limit -> limit < NO_LIMIT).min(Long::compare)
                .map(MemorySize::ofBytes);
    }

    private Optional<MemorySize> limit2() {
        return Stream.concat(Stream.of(place.memory()), place.above().stream())
                .flatMap(directory -> number(directory + "/memory.max", texts).stream())
                .filter(limit -> limit < NO_LIMIT).min(Long::compare).map(MemorySize::ofBytes);
    }

    private CgroupReading.Periods periods() {
        return new CgroupReading.Periods(cpuStat("nr_periods"), cpuStat("nr_throttled"));
    }

    private long cpuStat(String key) {
        return cpu("cpu.stat").flatMap(text -> value(text, key)).orElse(0L);
    }

    private Optional<String> cpu(String name) {
        return place.cpu().stream().flatMap(directory -> text(directory + "/" + name).stream()).findFirst();
    }

    private Optional<Long> pids() {
        return place.pids().flatMap(directory -> number(directory + "/pids.current", texts));
    }

    /// From `some avg10=0.00 avg60=1.25 ...`, as a share of one.
    private Optional<Double> pressure(String name) {
        return place.pressure().flatMap(directory -> text(directory + "/" + name))
                .flatMap(text -> text.lines().filter(line -> line.startsWith("some ")).findFirst())
                .flatMap(line -> Stream.of(line.split(" ", -1)).filter(word -> word.startsWith("avg60=")).findFirst())
                .map(word -> word.substring("avg60=".length())).filter(word -> word.matches("\\d{1,3}(\\.\\d{1,6})?"))
                .map(word -> Double.parseDouble(word) / 100);
    }

    private Optional<Long> stat(String key) {
        return in("memory.stat", key);
    }

    private Optional<Long> in(String name, String key) {
        return text(place.memory() + "/" + name).flatMap(text -> value(text, key));
    }

    private Optional<MemorySize> memory(String name) {
        return number(place.memory() + "/" + name, texts).map(MemorySize::ofBytes);
    }

    private Optional<String> text(String path) {
        return Optional.ofNullable(texts.get(path));
    }

    private static MemorySize size(Optional<Long> bytes) {
        return bytes.map(MemorySize::ofBytes).orElse(MemorySize.ZERO);
    }

    /// The number in a line `key number`.
    private static Optional<Long> value(String text, String key) {
        return text.lines().filter(line -> line.startsWith(key + " ")).findFirst()
                .flatMap(line -> number(line.substring(key.length() + 1)));
    }

    private static Optional<Long> number(String path, Map<String, String> texts) {
        return Optional.ofNullable(texts.get(path)).flatMap(CgroupFiles::number);
    }

    /// Empty for `max` and for what is no number of the kernel's.
    private static Optional<Long> number(String text) {
        try {
            return Optional.of(Long.parseLong(text.strip())).filter(value -> value >= 0);
        } catch (NumberFormatException other) {
            return Optional.empty();
        }
    }
}
