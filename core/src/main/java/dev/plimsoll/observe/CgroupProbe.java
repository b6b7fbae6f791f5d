package dev.plimsoll.observe;

import dev.plimsoll.observe.Observation.Unit;

/// What the kernel says of a container's memory and CPU time.
public final class CgroupProbe implements Probe {
    /// CPU seconds until now.
    public static final String CPU = "cpu.seconds";
    /// The same after the container was asked things in a look, where it was.
    public static final String CPU_AFTER = "cpu.seconds_after";

    @Override
    public String id() {
        return "cgroups";
    }

    @Override
    public Observations read(Sight sight) {
        var facts = new Facts(sight);
        if (!sight.container().isRunning()) {
            return facts.done();
        }
        sight.cgroup().ifPresentOrElse(found -> read(found, facts), () -> facts.gap("memory",
                "the container's cgroup cannot be read from here").gap("cpu",
                        "the container's cgroup cannot be read "
                                + "from here"));
        return facts.done();
    }

    private static void read(CgroupReading found, Facts facts) {
        var v1 = found.version() == 1;
        facts.bytes("memory.current", found.current(), v1 ? "memory.usage_in_bytes" : "memory.current")
                .bytes("memory.working_set", found.workingSet(), "memory.stat without inactive file pages")
                .bytes("memory.anonymous", found.anonymous(), "memory.stat")
                .bytes("memory.shared", found.shared(), "memory.stat")
                .bytes("memory.file", found.file(), "memory.stat")
                .count("memory.oom_kills", found.oomKills(), v1 ? "memory.oom_control" : "memory.events");
        found.kernel().ifPresent(size -> facts.bytes("memory.kernel", size, "memory.stat"));
        found.peak().ifPresentOrElse(size -> facts.bytes("memory.peak", size, v1
                ? "memory.max_usage_in_bytes"
                : "memory.peak"), () -> facts.gap("memory.peak", "this kernel does not keep the peak"));
        found.limit().ifPresentOrElse(size -> facts.bytes("memory.limit", size, v1
                ? "memory.stat hierarchical_memory_limit"
                : "memory.max"), () -> facts.text("memory.limit", "none", v1 ? "memory.stat" : "memory.max"));
        found.limitHits().ifPresent(hits -> facts.count("memory.limit_hits", hits, "memory.events"));
        facts.number(CPU, found.cpu(), Unit.SECONDS, "cpu.stat")
                .number("cpu.throttled", found.throttled(), Unit.SECONDS, "cpu.stat")
                .number("cpu.throttled_share", found.periods().share(), Unit.RATIO, "cpu.stat")
                .count("cpu.periods", found.periods().all(), "cpu.stat")
                .count("cpu.throttled_periods", found.periods().throttled(), "cpu.stat");
        found.pids().ifPresent(pids -> facts.count("pids.current", pids, "pids.current"));
        found.memoryPressure().ifPresent(some -> facts.number("memory.pressure", some, Unit.RATIO, "memory.pressure"));
        found.cpuPressure().ifPresent(some -> facts.number("cpu.pressure", some, Unit.RATIO, "cpu.pressure"));
        found.ioPressure().ifPresent(some -> facts.number("io.pressure", some, Unit.RATIO, "io.pressure"));
    }
}
