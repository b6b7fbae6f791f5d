package dev.plimsoll.spring;

import dev.plimsoll.runtime.redis.RedisGenerations;
import dev.plimsoll.runtime.redis.RedisLink;
import dev.plimsoll.runtime.semantic.EntryStore;
import dev.plimsoll.runtime.semantic.LocalEntryStore;
import dev.plimsoll.runtime.semantic.RedisEntryStore;
import dev.plimsoll.runtime.semantic.SemanticCache;
import dev.plimsoll.runtime.semantic.SemanticMeters;
import dev.plimsoll.runtime.semantic.Threshold;
import dev.plimsoll.runtime.semantic.Veto;
import dev.plimsoll.runtime.semantic.WordVeto;
import dev.plimsoll.runtime.tag.Generations;
import dev.plimsoll.runtime.tag.LocalGenerations;
import io.lettuce.core.RedisClient;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The semantic cache, once `plimsoll.semantic.dimensions` is set. Its entries are in Redis where one is set.
@AutoConfiguration(after = CacheAutoConfiguration.class)
@ConditionalOnBound(value = "plimsoll.semantic.dimensions", none = "0")
@EnableConfigurationProperties(SemanticProperties.class)
public final class SemanticAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean
    SemanticCache plimsollSemanticCache(SemanticProperties properties, EntryStore store,
            ObjectProvider<Generations> generations, ObjectProvider<Threshold> threshold, ObjectProvider<Veto> veto) {
        return SemanticCache.ofDimensions(properties.dimensions()).indexBytes(properties.indexSize().toBytes())
                .threshold(threshold.getIfUnique(properties::threshold)).veto(veto.getIfUnique(WordVeto::new)).build(
                        store, generations.getIfAvailable(LocalGenerations::new));
    }

    /// Decided after the nested class, as the members of an outer one are.
    @Bean
    @ConditionalOnMissingBean(EntryStore.class)
    LocalEntryStore plimsollLocalEntryStore(SemanticProperties properties) {
        return new LocalEntryStore(properties.storeSize().toBytes());
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterBinder.class)
    static class Meters {
        /// @param caches by the names of their beans, the service's own too
        @Bean
        @ConditionalOnMissingBean(SemanticMeters.class)
        MeterBinder plimsollSemanticMeters(Map<String, SemanticCache> caches) {
            return registry -> caches.forEach((name, cache) -> new SemanticMeters(cache, name).bindTo(registry));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(RedisClient.class)
    @ConditionalOnBound("plimsoll.redis.uri")
    @ConditionalOnMissingBean(EntryStore.class)
    static class Shared {
        @Bean
        RedisEntryStore plimsollEntryStore(RedisLink link) {
            return RedisEntryStore.over(link);
        }

        /// Whose entries are shared, theirs are too: a tag of another process's own is stale everywhere else.
        @Bean
        @ConditionalOnMissingBean(Generations.class)
        RedisGenerations plimsollSharedGenerations(RedisLink link) {
            return RedisGenerations.over(link);
        }
    }
}
