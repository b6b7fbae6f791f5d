package dev.plimsoll.sample;

import dev.plimsoll.runtime.pool.Pool;
import dev.plimsoll.runtime.telemetry.Traces;
import dev.plimsoll.runtime.worker.Job;
import dev.plimsoll.runtime.worker.Work;
import dev.plimsoll.sample.ingest.Reading;
import dev.plimsoll.sample.store.Database;
import dev.plimsoll.sample.store.Documents;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.util.Optional;

/// Reads documents in a child process, which has the service's environment and one connection of its own. Reading a
/// document twice gives the same passages, so that an attempt may be repeated.
public final class ReadDocument implements Work {
    private final Reading reading;

    public ReadDocument() throws SQLException {
        var settings = Settings.of(System.getenv());
        var pool = Pool.open(settings.database(), settings.pool().sized(1, 1), Optional.empty());
        reading = new Reading(new Documents(new Database(pool, new SimpleMeterRegistry(), Traces.none())), Models
                .of(settings.model(), Traces.none()).embedder(), settings.uploadLimit());
    }

    @Override
    public void run(Job job) {
        reading.read(Long.parseLong(job.payload()));
    }
}
