package dev.plimsoll.spring;

import dev.plimsoll.runtime.redis.RedisLink;
import io.lettuce.core.RedisClient;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/// The connection that both kinds of cache share, once `plimsoll.redis.uri` is set. A Redis that is away does not keep
/// a service from starting.
@AutoConfiguration
@ConditionalOnClass(RedisClient.class)
@ConditionalOnBound("plimsoll.redis.uri")
@EnableConfigurationProperties(RedisProperties.class)
public final class RedisAutoConfiguration {
    /// Opened for whoever takes it.
    @Bean
    @Lazy
    @ConditionalOnMissingBean
    RedisLink plimsollRedisLink(RedisProperties properties) {
        return RedisLink.open(String.valueOf(properties.uri()), properties.options());
    }
}
