package dev.plimsoll.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.zaxxer.hikari.HikariDataSource;
import dev.plimsoll.runtime.cache.CacheListener;
import dev.plimsoll.runtime.cache.CacheMeters;
import dev.plimsoll.runtime.cache.Caches;
import dev.plimsoll.runtime.cache.SyncRules;
import dev.plimsoll.runtime.pool.Pool;
import dev.plimsoll.runtime.redis.RedisGenerations;
import dev.plimsoll.runtime.redis.RedisLink;
import dev.plimsoll.runtime.redis.RedisOptions;
import dev.plimsoll.runtime.semantic.EntryStore;
import dev.plimsoll.runtime.semantic.LocalEntryStore;
import dev.plimsoll.runtime.semantic.Lookup;
import dev.plimsoll.runtime.semantic.Question;
import dev.plimsoll.runtime.semantic.RedisEntryStore;
import dev.plimsoll.runtime.semantic.Scope;
import dev.plimsoll.runtime.semantic.SemanticCache;
import dev.plimsoll.runtime.tag.Generations;
import dev.plimsoll.runtime.tag.LocalGenerations;
import dev.plimsoll.runtime.web.Drain;
import dev.plimsoll.runtime.web.RateLimit;
import dev.plimsoll.runtime.web.RateLimits;
import dev.plimsoll.runtime.worker.JobQueue;
import dev.plimsoll.runtime.worker.Workers;
import dev.plimsoll.spring.cache.CacheHealth;
import dev.plimsoll.spring.cache.Codecs;
import dev.plimsoll.spring.cache.CommittedInvalidations;
import dev.plimsoll.spring.cache.DeclaredCaches;
import dev.plimsoll.spring.cache.Invalidations;
import dev.plimsoll.spring.cache.JsonCodecs;
import dev.plimsoll.spring.web.ClientKey;
import dev.plimsoll.spring.web.DrainHealth;
import dev.plimsoll.spring.web.DrainLifecycle;
import dev.plimsoll.spring.web.FrontFilter;
import dev.plimsoll.spring.web.FrontMeters;
import io.lettuce.core.RedisClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.support.NoOpCacheManager;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.json.JsonMapper;

/// What is there when, and what yields to beans of the service's own. Nothing answers at the addresses; the cache does
/// not need that.
class AutoConfigurationsTest {
    private static final String REDIS = "plimsoll.redis.uri=redis://127.0.0.1:1";
    private static final String PRICES = "plimsoll.cache.caches.prices.fresh=1m";
    private static final AutoConfigurations ALL = AutoConfigurations.of(
            dev.plimsoll.spring.CacheAutoConfiguration.class, PoolAutoConfiguration.class,
            RedisAutoConfiguration.class, SemanticAutoConfiguration.class, WebAutoConfiguration.class,
            WorkerAutoConfiguration.class,
            CacheAutoConfiguration.class);

    private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(ALL);
    private final WebApplicationContextRunner web = new WebApplicationContextRunner().withConfiguration(ALL);

    @Test
    void withoutPropertiesThereIsNothing() {
        runner.run(context -> assertThat(context).doesNotHaveBean(Caches.class).doesNotHaveBean(CacheManager.class)
                .doesNotHaveBean(DataSource.class).doesNotHaveBean(SemanticCache.class).doesNotHaveBean(Workers.class)
                .doesNotHaveBean(FrontFilter.class));
    }

    @Test
    void aRedisGivesTheCache() {
        runner.withPropertyValues(REDIS).run(context -> {
            assertThat(context).hasSingleBean(Caches.class).hasSingleBean(Generations.class).hasSingleBean(
                    SyncRules.class).hasSingleBean(CacheHealth.class).hasSingleBean(CommittedInvalidations.class)
                    .doesNotHaveBean(CacheManager.class).doesNotHaveBean(CacheMeters.class);
            assertThat(context.getBean(CacheHealth.class).health().getStatus().getCode()).isEqualTo("DEGRADED");
        });
    }

    @Test
    void declaredCachesAreTheCacheManagerBeforeBootsOwn() {
        runner.withPropertyValues(REDIS, PRICES).withUserConfiguration(Annotated.class).run(context -> {
            assertThat(context).hasSingleBean(CacheManager.class).hasSingleBean(DeclaredCaches.class);
            var caches = context.getBean(CacheManager.class);
            assertThat(caches.getCacheNames()).containsExactly("prices");
            assertThat(caches.getCache("others")).isNull();
        });
    }

    @Configuration(proxyBeanMethods = false)
    @EnableCaching
    static class Annotated {}

    @Test
    void aCacheManagerOfTheServicesOwnWins() {
        runner.withPropertyValues(REDIS, PRICES).withBean(CacheManager.class, NoOpCacheManager::new).run(
                context -> assertThat(context).hasSingleBean(CacheManager.class).doesNotHaveBean(DeclaredCaches.class)
                        .hasSingleBean(Caches.class));
    }

    @Test
    void beansOfTheServicesOwnReplaceThoseOfTheCache() {
        var rules = SyncRules.by("org").on("jira");
        runner.withPropertyValues(REDIS, PRICES).withBean("own", SyncRules.class, () -> rules).withBean(Codecs.class,
                Codecs::texts).withBean(Caches.class,
                        () -> Caches.connect("redis://127.0.0.1:1",
                                RedisOptions.DEFAULT, rules, CacheListener.SILENT))
                .withBean(Generations.class,
                        LocalGenerations::new)
                .run(context -> {
                    assertThat(context).hasSingleBean(Caches.class).doesNotHaveBean("plimsollCaches").doesNotHaveBean(
                            "plimsollCodecs").doesNotHaveBean("plimsollGenerations");
                    assertThat(context.getBean(SyncRules.class)).isSameAs(rules);
                });
    }

    @Test
    void eachLibraryOfTheCacheIsACondition() {
        for (var absent : new Class<?>[]{Caffeine.class, RedisClient.class}) {
            runner.withPropertyValues(REDIS, PRICES).withClassLoader(new FilteredClassLoader(absent)).run(
                    context -> assertThat(context).hasNotFailed().doesNotHaveBean(Caches.class));
        }
        runner.withPropertyValues(REDIS).withClassLoader(new FilteredClassLoader(HealthIndicator.class)).run(
                context -> assertThat(context).hasSingleBean(Caches.class).doesNotHaveBean(CacheHealth.class));
        runner.withPropertyValues(REDIS).withClassLoader(new FilteredClassLoader(MeterRegistry.class)).run(
                context -> assertThat(context).hasSingleBean(Caches.class));
        runner.withPropertyValues(REDIS).withClassLoader(new FilteredClassLoader(TransactionalEventListener.class))
                .run(context -> assertThat(context).hasSingleBean(Invalidations.class));
        runner.withPropertyValues(REDIS).run(context -> assertThat(context).hasSingleBean(JsonCodecs.class));
        runner.withPropertyValues(REDIS, PRICES).withClassLoader(new FilteredClassLoader(JsonMapper.class)).run(
                context -> assertThat(context).hasSingleBean(Codecs.class).doesNotHaveBean(JsonCodecs.class));
    }

    @Test
    void theCacheIsMeasuredWhereThereIsARegistry() {
        runner.withPropertyValues(REDIS, PRICES).withBean(MeterRegistry.class, SimpleMeterRegistry::new).run(
                context -> {
                    assertThat(context).hasSingleBean(CacheMeters.class);
                    assertThat(context.getBean(MeterRegistry.class).find("cache.requests").tag("cache", "prices:{key}")
                            .functionCounter()).isNotNull();
                });
    }

    @Test
    void aTypeThatIsNoClassIsNamed() {
        runner.withPropertyValues(REDIS, "plimsoll.cache.caches.prices.type=com.example.Price").run(
                context -> assertThat(context.getStartupFailure()).hasStackTraceContaining(
                        "`plimsoll.cache.caches.prices.type` is `com.example.Price`: write the name of a class"));
    }

    @Test
    void anUnknownPropertyIsRefused() {
        runner.withPropertyValues(REDIS, "plimsoll.redis.url=redis://other").run(context -> assertThat(context
                .getStartupFailure()).hasStackTraceContaining("plimsoll.redis.url"));
    }

    @Test
    void thePoolYieldsToADataSourceOfTheServicesOwn() {
        runner.withPropertyValues("plimsoll.pool.url=postgres://127.0.0.1:1/none").withBean(DataSource.class,
                PGSimpleDataSource::new).run(
                        context -> assertThat(context).hasNotFailed().doesNotHaveBean(Pool.class)
                                .hasSingleBean(DataSource.class));
    }

    @Test
    void thePoolNeedsHikari() {
        runner.withPropertyValues("plimsoll.pool.url=postgres://127.0.0.1:1/none").withClassLoader(
                new FilteredClassLoader(HikariDataSource.class)).run(
                        context -> assertThat(context).hasNotFailed()
                                .doesNotHaveBean(Pool.class));
    }

    @Test
    void aServletApplicationIsDrainedAndNotLimited() {
        web.withBean(MeterRegistry.class, SimpleMeterRegistry::new).run(context -> assertThat(context).hasSingleBean(
                Drain.class).hasSingleBean(DrainLifecycle.class).hasSingleBean(FrontFilter.class).hasSingleBean(
                        DrainHealth.class)
                .hasSingleBean(FrontMeters.class).doesNotHaveBean(RateLimits.class));
    }

    @Test
    void limitsAreThereOnceChosen() {
        web.withPropertyValues("plimsoll.web.rate-limit=5").run(context -> assertThat(context).hasSingleBean(
                RateLimits.class));
    }

    @Test
    void beansOfTheServicesOwnReplaceThoseOfTheWeb() {
        var drain = new Drain();
        ClientKey everybody = request -> "everybody";
        var limits = new RateLimits(RateLimit.perSecond(1, 1), 1);
        web.withPropertyValues("plimsoll.web.rate-limit=5").withBean(Drain.class, () -> drain).withBean(
                ClientKey.class, () -> everybody).withBean(RateLimits.class, () -> limits).withBean(
                        DrainLifecycle.class, () -> new DrainLifecycle(drain, Duration.ZERO))
                .run(context -> {
                    assertThat(context.getBean(Drain.class)).isSameAs(drain);
                    assertThat(context.getBean(ClientKey.class)).isSameAs(everybody);
                    assertThat(context.getBean(RateLimits.class)).isSameAs(limits);
                    assertThat(context).doesNotHaveBean("plimsollDrainLifecycle");
                });
    }

    @Test
    void theWebPartNeedsServletsAndSpringWeb() {
        web.withClassLoader(new FilteredClassLoader(OncePerRequestFilter.class)).run(context -> assertThat(context)
                .hasNotFailed().doesNotHaveBean(FrontFilter.class));
        web.withClassLoader(new FilteredClassLoader(HealthIndicator.class)).run(context -> assertThat(context)
                .hasSingleBean(FrontFilter.class).doesNotHaveBean(DrainHealth.class));
    }

    @Test
    void dimensionsGiveASemanticCacheInTheProcess() {
        runner.withPropertyValues("plimsoll.semantic.dimensions=128").run(context -> assertThat(context).hasSingleBean(
                SemanticCache.class).hasSingleBean(LocalEntryStore.class));
        runner.withPropertyValues("plimsoll.semantic.dimensions=128").withClassLoader(new FilteredClassLoader(
                RedisClient.class, Caffeine.class)).run(
                        context -> assertThat(context).hasSingleBean(
                                SemanticCache.class));
    }

    @Test
    void semanticCachesAreMeasuredUnderTheNamesOfTheirBeans() {
        var registry = new SimpleMeterRegistry();
        runner.withPropertyValues("plimsoll.semantic.dimensions=128").withBean("faq", SemanticCache.class,
                () -> SemanticCache.ofDimensions(256).build(new LocalEntryStore(1 << 20), new LocalGenerations()))
                .withBean("manuals", SemanticCache.class,
                        () -> SemanticCache.ofDimensions(128).build(new LocalEntryStore(1 << 20),
                                new LocalGenerations()))
                .run(context -> {
                    context.getBean("plimsollSemanticMeters", MeterBinder.class).bindTo(registry);
                    assertThat(registry.get("plimsoll.semantic.entries").gauges()).extracting(gauge -> gauge.getId()
                            .getTag("cache")).containsExactlyInAnyOrder("faq", "manuals");
                });
    }

    @Test
    void bothCachesShareALinkAndARedisThatIsAwayKeepsNobodyFromStarting() {
        runner.withPropertyValues(REDIS, PRICES, "plimsoll.semantic.dimensions=128").run(context -> {
            assertThat(context).hasNotFailed().hasSingleBean(RedisLink.class).hasSingleBean(RedisEntryStore.class)
                    .hasSingleBean(SemanticCache.class).hasSingleBean(Caches.class);
            var vector = new float[128];
            vector[7] = 1;
            var question = Question.of("Is it there?", vector);
            assertThat(context.getBean(SemanticCache.class).lookup(Scope.of(new byte[1], Map.of("for", "all")),
                    question)).isInstanceOf(Lookup.Miss.class);
        });
    }

    @Test
    void whatIsSharedHasSharedGenerationsAlsoWithoutTheCache() {
        runner.withPropertyValues(REDIS, "plimsoll.semantic.dimensions=128").withClassLoader(new FilteredClassLoader(
                Caffeine.class)).run(
                        context -> assertThat(context).hasSingleBean(RedisEntryStore.class)
                                .doesNotHaveBean(Caches.class).getBean(Generations.class)
                                .isInstanceOf(RedisGenerations.class));
    }

    @Test
    void generationsAmongWhichNoneIsChosenAreRefused() {
        var two = runner.withPropertyValues(REDIS, "plimsoll.semantic.dimensions=128").withBean("first",
                Generations.class, LocalGenerations::new);
        two.withBean("second", Generations.class, LocalGenerations::new).run(context -> assertThat(context
                .getStartupFailure()).hasStackTraceContaining("found 2: first,second"));
        two.withBean("second", Generations.class, LocalGenerations::new, bean -> bean.setPrimary(true)).run(
                context -> assertThat(context).hasNotFailed());
    }

    @Test
    void aStoreOfTheServicesOwnWins() {
        runner.withPropertyValues(REDIS, "plimsoll.semantic.dimensions=128").withBean("own", EntryStore.class,
                () -> new LocalEntryStore(1 << 20)).run(
                        context -> assertThat(context).hasSingleBean(EntryStore.class)
                                .hasSingleBean(SemanticCache.class).doesNotHaveBean(RedisEntryStore.class));
    }

    @Test
    void workersNeedKindsADataSourceAndTheScheduler() {
        runner.withBean(DataSource.class, PGSimpleDataSource::new).run(context -> assertThat(context).doesNotHaveBean(
                JobQueue.class));
        runner.withPropertyValues("plimsoll.workers.kinds[0]=report", "plimsoll.workers.command=true").run(
                context -> assertThat(context).hasNotFailed().doesNotHaveBean(JobQueue.class));
        runner.withPropertyValues("plimsoll.workers.kinds=report", "plimsoll.workers.command=true").withBean(
                DataSource.class, PGSimpleDataSource::new).withClassLoader(new FilteredClassLoader(Scheduler.class))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(JobQueue.class));
    }

    @Test
    void workThatAChildCannotFindIsNamed() {
        runner.withPropertyValues("plimsoll.workers.kinds[0]=report", "plimsoll.workers.work=com.example.Report",
                "plimsoll.workers.install=false").withBean(DataSource.class, PGSimpleDataSource::new).run(
                        context -> assertThat(context.getStartupFailure()).hasStackTraceContaining(
                                "`plimsoll.workers.work` is `com.example.Report`: write a class on the JVM's class"));
    }
}
