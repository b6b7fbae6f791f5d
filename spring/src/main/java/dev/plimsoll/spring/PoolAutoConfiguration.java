package dev.plimsoll.spring;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.MetricsTrackerFactory;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import dev.plimsoll.runtime.pool.DatabaseUrl;
import dev.plimsoll.runtime.pool.Pool;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The pool, once `plimsoll.pool.url` is set and the service has no data source of its own. Before Boot's.
@AutoConfiguration(beforeName = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
        afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass(HikariDataSource.class)
@ConditionalOnBound("plimsoll.pool.url")
@ConditionalOnMissingBean(DataSource.class)
@EnableConfigurationProperties(PoolProperties.class)
public final class PoolAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean
    Pool plimsollPool(PoolProperties properties, ObjectProvider<MetricsTrackerFactory> metrics) throws SQLException {
        return Pool.open(DatabaseUrl.parse(String.valueOf(properties.url())), properties.settings(), Optional
                .ofNullable(metrics.getIfUnique()));
    }

    /// Closed with the pool.
    @Bean(destroyMethod = "")
    DataSource dataSource(Pool pool) {
        return pool.source();
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterRegistry.class)
    @ConditionalOnBean(MeterRegistry.class)
    static class Meters {
        @Bean
        @ConditionalOnMissingBean
        MetricsTrackerFactory plimsollPoolMeters(MeterRegistry registry) {
            return new MicrometerMetricsTrackerFactory(registry);
        }
    }
}
