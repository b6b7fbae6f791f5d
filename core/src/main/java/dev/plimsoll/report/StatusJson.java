package dev.plimsoll.report;

import dev.plimsoll.observe.CgroupReading;
import dev.plimsoll.observe.LiveService;
import dev.plimsoll.units.MemorySize;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `plimsoll status --format json`, described by `schema/status.schema.json`: memory in bytes, CPU in cores, shares of
/// one; what is unknown is left out.
public final class StatusJson {
    private StatusJson() {}

    public static Map<String, @Nullable Object> of(String version, String project, String runtime,
            List<LiveService> services, List<String> missing) {
        return Fields.of("plimsoll", version, "project", project, "runtime", runtime, "containers",
                services.stream().map(StatusJson::service).toList(), "missing", missing);
    }

    private static Map<String, @Nullable Object> service(LiveService service) {
        var container = service.container();
        var fields = Fields.of("service", container.service(), "number", container.number(), "id", container.id(),
                "state", container.state(), "restarts", container.restarts());
        container.health().ifPresent(health -> fields.put("health", health));
        container.exitCode().ifPresent(code -> fields.put("exit_code", code));
        container.limit().ifPresent(limit -> fields.put("limit_bytes", limit.bytes()));
        service.cores().ifPresent(cores -> fields.put("cpu_cores", rounded(cores)));
        service.throttled().ifPresent(share -> fields.put("cpu_throttled", rounded(share)));
        service.cgroup().ifPresent(reading -> fields.put("cgroup", cgroup(reading)));
        fields.put("ports", container.ports().stream().map(port -> Fields.of("host_ip", port.hostIp(), "published",
                port.published(), "target", port.target())).toList());
        return fields;
    }

    private static Map<String, @Nullable Object> cgroup(CgroupReading reading) {
        var fields = Fields.of("version", reading.version(), "current_bytes", reading.current().bytes(),
                "working_set_bytes", reading.workingSet().bytes(), "anonymous_bytes", reading.anonymous().bytes(),
                "shared_bytes", reading.shared().bytes(), "file_bytes", reading.file().bytes());
        put(fields, "kernel_bytes", reading.kernel());
        put(fields, "peak_bytes", reading.peak());
        put(fields, "limit_bytes", reading.limit());
        fields.put("oom_kills", reading.oomKills());
        reading.limitHits().ifPresent(hits -> fields.put("limit_hits", hits));
        fields.put("cpu_seconds", rounded(reading.cpu()));
        fields.put("throttled_seconds", rounded(reading.throttled()));
        fields.put("throttled_periods", rounded(reading.periods().share()));
        reading.pids().ifPresent(pids -> fields.put("pids", pids));
        reading.memoryPressure().ifPresent(share -> fields.put("memory_pressure", rounded(share)));
        reading.cpuPressure().ifPresent(share -> fields.put("cpu_pressure", rounded(share)));
        reading.ioPressure().ifPresent(share -> fields.put("io_pressure", rounded(share)));
        return fields;
    }

    private static void put(Map<String, @Nullable Object> fields, String name, Optional<MemorySize> size) {
        size.ifPresent(known -> fields.put(name, known.bytes()));
    }

    /// To a millionth.
    private static double rounded(double value) {
        return Math.round(value * 1e6) / 1e6;
    }
}
