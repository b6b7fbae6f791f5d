package dev.plimsoll.spring;

import com.github.benmanes.caffeine.cache.Caffeine;
import dev.plimsoll.runtime.cache.CacheListener;
import dev.plimsoll.runtime.cache.CacheMeters;
import dev.plimsoll.runtime.cache.Caches;
import dev.plimsoll.runtime.cache.Codec;
import dev.plimsoll.runtime.cache.SyncRules;
import dev.plimsoll.runtime.redis.RedisLink;
import dev.plimsoll.runtime.tag.Generations;
import dev.plimsoll.spring.cache.CacheHealth;
import dev.plimsoll.spring.cache.Codecs;
import dev.plimsoll.spring.cache.CommittedInvalidations;
import dev.plimsoll.spring.cache.DeclaredCaches;
import dev.plimsoll.spring.cache.Invalidations;
import dev.plimsoll.spring.cache.JsonCodecs;
import dev.plimsoll.spring.cache.TaggedCache;
import io.lettuce.core.RedisClient;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.cache.CacheManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.TaskDecorator;
import org.springframework.transaction.event.TransactionalEventListener;
import tools.jackson.databind.json.JsonMapper;

/// The cache in two levels, once `plimsoll.redis.uri` is set. Before Boot's own choice of a cache manager.
@AutoConfiguration(after = RedisAutoConfiguration.class,
        beforeName = "org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration", afterName = {
                "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration",
                "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"})
@ConditionalOnClass({Caffeine.class, RedisClient.class})
@ConditionalOnBound("plimsoll.redis.uri")
@EnableConfigurationProperties(CacheProperties.class)
public final class CacheAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean
    SyncRules plimsollSyncRules(CacheProperties properties) {
        return properties.rules();
    }

    @Bean
    @ConditionalOnMissingBean
    Caches plimsollCaches(RedisLink link, SyncRules rules, ObjectProvider<CacheListener> listener) {
        return Caches.over(link, rules, listener.getIfUnique(() -> CacheListener.SILENT));
    }

    /// Closed with the caches.
    @Bean(destroyMethod = "")
    @ConditionalOnMissingBean
    Generations plimsollGenerations(Caches caches) {
        return caches.generations();
    }

    /// The annotations' side.
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBound("plimsoll.cache.caches")
    @ConditionalOnMissingBean(CacheManager.class)
    static class Annotations {
        @Bean
        DeclaredCaches cacheManager(CacheProperties properties, Codecs codecs, Caches caches,
                ObjectProvider<TaskDecorator> decorators) {
            var evictions = properties.strict() ? TaggedCache.Evictions.STRICT : TaggedCache.Evictions.REPEATED;
            var decorator = decorators.getIfUnique(() -> task -> task);
            return new DeclaredCaches(properties.caches().entrySet().stream().map(declared -> new TaggedCache(declared
                    .getKey(), properties.template(declared.getKey()),
                    codec(codecs, declared.getKey(), declared
                            .getValue()),
                    declared.getValue().policy(), caches, evictions, decorator)).toList());
        }

        private static Codec<Object> codec(Codecs codecs, String cache, CacheProperties.Settings settings) {
            try {
                return codecs.codec(settings.type(), settings.format());
            } catch (IllegalArgumentException unknown) {
                throw new PropertyException("plimsoll.cache.caches." + cache + ".type", settings.type(),
                        "write the name of a class on the class path: " + unknown.getMessage());
            }
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(JsonMapper.class)
    static class Json {
        @Bean
        @ConditionalOnMissingBean
        Codecs plimsollCodecs(ObjectProvider<JsonMapper> mapper) {
            return new JsonCodecs(mapper.getIfUnique(JsonMapper::new));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingClass("tools.jackson.databind.json.JsonMapper")
    static class Texts {
        @Bean
        @ConditionalOnMissingBean
        Codecs plimsollCodecs() {
            return Codecs.texts();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(TransactionalEventListener.class)
    static class AfterCommit {
        @Bean
        @ConditionalOnMissingBean
        CommittedInvalidations plimsollInvalidations(Caches caches) {
            return new CommittedInvalidations(caches);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingClass("org.springframework.transaction.event.TransactionalEventListener")
    static class AtOnce {
        @Bean
        @ConditionalOnMissingBean
        Invalidations plimsollInvalidations(Caches caches) {
            return new Invalidations(caches);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterRegistry.class)
    @ConditionalOnBean(MeterRegistry.class)
    static class Meters {
        @Bean
        @ConditionalOnMissingBean
        CacheMeters plimsollCacheMeters(MeterRegistry registry) {
            return new CacheMeters(registry);
        }

        /// All caches are there then, the service's own too.
        @Bean
        SmartInitializingSingleton plimsollCacheMetersBinding(CacheMeters meters, Caches caches) {
            return () -> caches.all().forEach(meters::bind);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(HealthIndicator.class)
    static class Healths {
        @Bean
        @ConditionalOnMissingBean(name = "plimsollCacheHealthIndicator")
        CacheHealth plimsollCacheHealthIndicator(Caches caches) {
            return new CacheHealth(caches);
        }
    }
}
