package dev.plimsoll.spring;

import static dev.plimsoll.spring.PropertyException.require;

import dev.plimsoll.runtime.worker.Bounds;
import dev.plimsoll.runtime.worker.ChildCommand;
import dev.plimsoll.runtime.worker.Limits;
import dev.plimsoll.runtime.worker.Memory;
import dev.plimsoll.runtime.worker.WorkerSettings;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// Jobs from a queue in PostgreSQL, done in child processes with a hard ceiling of memory.
///
/// @param kinds Of jobs that are taken from the queue. Without them there are no workers.
/// @param work Class that does them, which implements dev.plimsoll.runtime.worker.Work.
/// @param command Program and arguments that do them instead of a class.
/// @param slots Children at work at once, 1 or more. The service's plan counts on it.
/// @param memory Ceiling of a child with all it starts, 48 MB or more.
/// @param jobs After so many a child is replaced, 1 or more.
/// @param wall Longest time of a job, more than 0 s.
/// @param attempts After so many that ended badly a job goes to quarantine, 1 or more.
/// @param maxMemoryPercent No job is taken that would bring the memory in use above this, 1 to 100.
/// @param maxCpuPercent No job is taken while the processors are busier than this, 1 to 100; at 100 none waits.
/// @param minFreeMemory No job is taken that would leave less memory free, 0 or more.
/// @param drain How long to wait for running jobs when the service ends, 0 s or more.
/// @param history How long what is noted of attempts is kept, 1 d or more.
/// @param install Whether the queue's tables are made at start. Without it run JobQueue.schema() with your migrations.
@ConfigurationProperties(prefix = "plimsoll.workers", ignoreUnknownFields = false)
public record WorkerProperties(@DefaultValue List<String> kinds, @Nullable String work,
        @DefaultValue List<String> command, @DefaultValue("1") int slots, @DefaultValue("128MB") DataSize memory,
        @DefaultValue("1000") int jobs, @DefaultValue("10m") Duration wall, @DefaultValue("2") int attempts,
        @DefaultValue("90") int maxMemoryPercent, @DefaultValue("100") int maxCpuPercent,
        @DefaultValue("64MB") DataSize minFreeMemory, @DefaultValue("60s") Duration drain,
        @DefaultValue("30d") Duration history, @DefaultValue("true") boolean install) {
    public WorkerProperties {
        kinds = List.copyOf(kinds);
        command = List.copyOf(command);
        for (var kind : kinds) {
            require(kind.matches("[!-~]{1,200}"), "plimsoll.workers.kinds", kind,
                    "write names of 1 to 200 printable ASCII characters without spaces");
        }
        require(kinds.isEmpty() || (work == null) != command.isEmpty(), "plimsoll.workers.work", String.valueOf(work),
                "write either plimsoll.workers.work, a class, or plimsoll.workers.command, a program");
        require(slots >= 1, "plimsoll.workers.slots", slots, "write 1 or more");
        require(memory.toMegabytes() >= 48, "plimsoll.workers.memory", memory, "write 48MB or more");
        require(jobs >= 1, "plimsoll.workers.jobs", jobs, "write 1 or more");
        require(wall.isPositive(), "plimsoll.workers.wall", wall, "write more than 0s, such as 10m");
        require(attempts >= 1, "plimsoll.workers.attempts", attempts, "write 1 or more");
        percent("max-memory-percent", maxMemoryPercent);
        percent("max-cpu-percent", maxCpuPercent);
        require(!minFreeMemory.isNegative(), "plimsoll.workers.min-free-memory", minFreeMemory,
                "write 0MB or more, such as 256MB");
        require(!drain.isNegative(), "plimsoll.workers.drain", drain, "write 0s or more, such as 60s");
        require(history.toDays() >= 1, "plimsoll.workers.history", history, "write 1d or more, such as 30d");
    }

    private static void percent(String property, int value) {
        require(value >= 1 && value <= 100, "plimsoll.workers." + property, value, "write 1 to 100");
    }

    WorkerSettings settings() {
        var limits = Limits.of(new Memory(memory.toBytes())).withJobs(jobs).withWall(wall);
        var bounds = new Bounds(maxMemoryPercent, maxCpuPercent, new Memory(minFreeMemory.toBytes()));
        return WorkerSettings.of(slots, limits, childCommand(), kinds.toArray(String[]::new)).withBounds(bounds)
                .withAttempts(attempts).withDrain(drain).withHistory(history);
    }

    private ChildCommand childCommand() {
        if (work == null) {
            return new ChildCommand.Program(command);
        }
        // A child starts from the JVM's class path, which is not where the loader of an executable jar finds classes.
        require(ClassLoader.getSystemResource(work.replace('.', '/') + ".class") != null, "plimsoll.workers.work", work,
                "write a class on the JVM's class path; an executable jar hides its classes, so unpack it first with "
                        + "`java -Djarmode=tools -jar APP.jar extract`");
        return new ChildCommand.Java(work, System.getProperty("java.class.path"), List.of());
    }
}
