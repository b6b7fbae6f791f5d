package dev.plimsoll.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.zaxxer.hikari.HikariDataSource;
import dev.plimsoll.runtime.cache.CacheListener;
import dev.plimsoll.runtime.cache.CacheMeters;
import dev.plimsoll.runtime.cache.Caches;
import dev.plimsoll.runtime.cache.SyncRules;
import dev.plimsoll.runtime.pool.Pool;
import dev.plimsoll.runtime.redis.PendingInvalidationException;
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
import dev.plimsoll.runtime.semantic.Threshold;
import dev.plimsoll.runtime.semantic.Veto;
import dev.plimsoll.runtime.tag.Generations;
import dev.plimsoll.runtime.tag.LocalGenerations;
import dev.plimsoll.runtime.tag.Tag;
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
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.support.NoOpCacheManager;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.TaskDecorator;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.json.JsonMapper;

/// What is there when, and what yields to beans of the service's own. Nothing answers at the addresses; the cache does
/// not need that.
class AutoConfigurationsTest {
    private static final String REDIS = "plimsoll.redis.uri=redis://127.0.0.1:1";
    private static final String PRICES = "plimsoll.cache.caches.prices.fresh=1m";
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Scope ALL_MAY = Scope.of(new byte[1], Map.of("for", "all"));
    static final AutoConfigurations ALL = AutoConfigurations.of(
            dev.plimsoll.spring.CacheAutoConfiguration.class, PoolAutoConfiguration.class,
            PropertiesAutoConfiguration.class, RedisAutoConfiguration.class, SemanticAutoConfiguration.class,
            WebAutoConfiguration.class,
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
    void evictionsThatAreNotConfirmedAreThrownWhereThatIsChosen() {
        runner.withPropertyValues(REDIS, PRICES).run(context -> assertThatNoException().isThrownBy(() -> prices(context)
                .evict("acme")));
        runner.withPropertyValues(REDIS, PRICES, "plimsoll.cache.strict=true").run(context -> assertThatThrownBy(
                () -> prices(context).evict("acme")).isInstanceOf(PendingInvalidationException.class));
    }

    @Test
    void theServicesTaskDecoratorIsAroundLoadsInTheBackground() {
        var decorated = new CountDownLatch(1);
        TaskDecorator decorator = task -> () -> {
            decorated.countDown();
            task.run();
        };
        runner.withPropertyValues(REDIS, "plimsoll.cache.caches.prices.fresh=1ms",
                "plimsoll.cache.caches.prices.stale=1h").withBean(Caches.class,
                        () -> Caches.local(SyncRules.none(),
                                CacheListener.SILENT))
                .withBean(TaskDecorator.class, () -> decorator).run(context -> {
                    var prices = prices(context);
                    for (var time = 0; time < 2_000 && decorated.getCount() > 0; time++) {
                        prices.get("acme", () -> "5");
                        decorated.await(10, TimeUnit.MILLISECONDS);
                    }
                    assertThat(decorated.getCount()).isZero();
                });
    }

    private static Cache prices(AssertableApplicationContext context) {
        return Objects.requireNonNull(context.getBean(CacheManager.class).getCache("prices"));
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
    void eachPropertyOfTheWebReachesItsBean() {
        web.withPropertyValues("plimsoll.web.rate-limit=5", "plimsoll.web.clients=2",
                "plimsoll.web.open-paths=/health,/about", "plimsoll.web.drain=0s").run(context -> {
                    var limits = context.getBean(RateLimits.class);
                    for (var client = 0; client < 5; client++) {
                        assertThat(limits.ask("client " + client).limit()).isEqualTo(10);
                    }
                    assertThat(limits.clients()).isEqualTo(2);
                    assertThat(context.getBean(Drain.class).enter()).isTrue();
                    var stopping = CompletableFuture.runAsync(context.getBean(DrainLifecycle.class)::stop);
                    assertThat(stopping).succeedsWithin(Duration.ofSeconds(15));
                    assertThat(statusOf(context.getBean(FrontFilter.class), "/about")).isEqualTo(200);
                    assertThat(statusOf(context.getBean(FrontFilter.class), "/actuator")).isEqualTo(503);
                });
    }

    private static int statusOf(FrontFilter front, String path) throws ServletException, IOException {
        var response = new MockHttpServletResponse();
        front.doFilter(new MockHttpServletRequest("GET", path), response, new MockFilterChain());
        return response.getStatus();
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
    void eachPropertyOfTheSemanticCacheReachesIt() {
        runner.withPropertyValues("plimsoll.semantic.dimensions=128", "plimsoll.semantic.index-size=1MB",
                "plimsoll.semantic.store-size=2MB", "plimsoll.semantic.cosine=0.93").run(context -> {
                    var cache = context.getBean(SemanticCache.class);
                    assertThat(cache.threshold(ALL_MAY)).hasValue(0.93);
                    for (var number = 0; number < 15_000; number++) {
                        cache.store(ALL_MAY, question("question " + number, number), "answer", List.of(), HOUR);
                    }
                    assertThat(cache.indexBytes()).isBetween(1L << 19, 1L << 20);
                    assertThat(context.getBean(LocalEntryStore.class).bytes()).isBetween(1L << 20, 2L << 20);
                });
    }

    @Test
    void beansOfTheServicesOwnReplaceThoseOfTheSemanticCache() {
        var generations = new LocalGenerations();
        runner.withPropertyValues("plimsoll.semantic.dimensions=128", "plimsoll.semantic.cosine=0.93").withBean(
                Generations.class, () -> generations).withBean(Veto.class, () -> (asked, stored) -> false).withBean(
                        Threshold.class, () -> new Threshold.Fixed(0.5))
                .run(context -> {
                    var cache = context.getBean(SemanticCache.class);
                    assertThat(cache.threshold(ALL_MAY)).hasValue(0.5);
                    var plan = Tag.of("plan");
                    cache.store(ALL_MAY, question("Which plan has 5 users?", 7), "Small.", List.of(plan), HOUR);
                    var other = question("Which plan has 50 users?", 7);
                    assertThat(cache.lookup(ALL_MAY, other)).isInstanceOf(Lookup.Hit.class);
                    generations.invalidate(List.of(plan));
                    assertThat(cache.lookup(ALL_MAY, other)).isInstanceOf(Lookup.Miss.class);
                });
    }

    private static Question question(String text, int seed) {
        var random = new SplittableRandom(seed);
        var vector = new float[128];
        for (var at = 0; at < vector.length; at++) {
            vector[at] = (float) random.nextGaussian();
        }
        return Question.of(text, vector);
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
            assertThat(context.getBean(SemanticCache.class).lookup(ALL_MAY,
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
                context -> assertThat(context.getStartupFailure()).hasStackTraceContaining(
                        "`plimsoll.workers.kinds` is `[report]`: workers need one DataSource"));
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
