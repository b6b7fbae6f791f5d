package dev.plimsoll.spring;

import com.github.kagkarlsson.scheduler.Scheduler;
import dev.plimsoll.runtime.worker.JobQueue;
import dev.plimsoll.runtime.worker.WorkerMeters;
import dev.plimsoll.runtime.worker.Workers;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.IOException;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The queue and its workers, once `plimsoll.workers.kinds` is set.
@AutoConfiguration
@ConditionalOnClass(Scheduler.class)
@ConditionalOnBound("plimsoll.workers.kinds")
@EnableConfigurationProperties(WorkerProperties.class)
public final class WorkerAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean
    JobQueue plimsollJobQueue(ObjectProvider<DataSource> sources, WorkerProperties properties) throws SQLException {
        var queue = new JobQueue(only(sources, properties));
        if (properties.install()) {
            queue.install();
        }
        return queue;
    }

    /// @param queue whose tables the workers need
    @Bean
    @ConditionalOnMissingBean
    Workers plimsollWorkers(ObjectProvider<DataSource> sources, WorkerProperties properties,
            @SuppressWarnings("unused") JobQueue queue)
            throws SQLException, IOException, InterruptedException {
        return Workers.start(only(sources, properties), properties.settings());
    }

    private static DataSource only(ObjectProvider<DataSource> sources, WorkerProperties properties) {
        var source = sources.getIfUnique();
        if (source == null) {
            throw new PropertyException("plimsoll.workers.kinds", properties.kinds(),
                    "workers need one DataSource: set plimsoll.pool.url, or mark one of several as primary");
        }
        return source;
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
