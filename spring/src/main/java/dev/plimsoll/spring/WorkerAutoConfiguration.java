package dev.plimsoll.spring;

import com.github.kagkarlsson.scheduler.Scheduler;
import dev.plimsoll.runtime.worker.JobQueue;
import dev.plimsoll.runtime.worker.WorkerMeters;
import dev.plimsoll.runtime.worker.Workers;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.IOException;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The queue and its workers, once `plimsoll.workers.kinds` is set.
@AutoConfiguration(after = PoolAutoConfiguration.class,
        afterName = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration")
@ConditionalOnClass(Scheduler.class)
@ConditionalOnBound("plimsoll.workers.kinds")
@ConditionalOnSingleCandidate(DataSource.class)
@EnableConfigurationProperties(WorkerProperties.class)
public final class WorkerAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean
    JobQueue plimsollJobQueue(DataSource source, WorkerProperties properties) throws SQLException {
        var queue = new JobQueue(source);
        if (properties.install()) {
            queue.install();
        }
        return queue;
    }

    /// @param queue whose tables the workers need
    @Bean
    @ConditionalOnMissingBean
    Workers plimsollWorkers(DataSource source, WorkerProperties properties, @SuppressWarnings("unused") JobQueue queue)
            throws SQLException, IOException, InterruptedException {
        return Workers.start(source, properties.settings());
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterBinder.class)
    static class Meters {
        @Bean
        @ConditionalOnMissingBean
        WorkerMeters plimsollWorkerMeters(Workers workers, JobQueue queue) {
            return new WorkerMeters(workers, queue);
        }
    }
}
