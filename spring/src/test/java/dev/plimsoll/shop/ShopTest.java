package dev.plimsoll.shop;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.plimsoll.runtime.pool.Pool;
import dev.plimsoll.runtime.semantic.EntryStore;
import dev.plimsoll.runtime.semantic.RedisEntryStore;
import dev.plimsoll.runtime.semantic.SemanticCache;
import dev.plimsoll.runtime.worker.JobKind;
import dev.plimsoll.runtime.worker.JobQueue;
import dev.plimsoll.shop.Shop.Price;
import dev.plimsoll.spring.Servers;
import dev.plimsoll.spring.cache.Invalidation;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.cache.interceptor.SimpleKey;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/// The whole, on real servers: two processes of a service are two contexts.
class ShopTest {
    @TempDir
    static Path directory;
    private static final List<ConfigurableApplicationContext> OPENED = new ArrayList<>();
    private static Servers servers;
    private static ConfigurableApplicationContext here;
    private static ConfigurableApplicationContext there;
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws Exception {
        servers = new Servers(directory).startPostgres().startRedis();
        here = open();
        there = open();
    }

    private static ConfigurableApplicationContext open(String... more) {
        var words = new ArrayList<>(List.of("--server.port=0", "--management.endpoints.web.exposure.include=*",
                "--management.endpoint.health.show-details=always",
                "--plimsoll.redis.uri=" + servers.redisUrl(),
                "--plimsoll.cache.scope=org",
                "--plimsoll.cache.events.import=prices",
                "--plimsoll.cache.caches.prices.key={org}:{item}",
                "--plimsoll.cache.caches.prices.type=" + Price.class.getName(),
                "--plimsoll.cache.caches.names.fresh=1h",
                "--plimsoll.pool.url=" + servers.databaseUrl(),
                "--plimsoll.pool.maximum=7", "--plimsoll.pool.minimum=1",
                "--plimsoll.web.rate-limit=1000",
                "--plimsoll.semantic.dimensions=128",
                "--plimsoll.workers.kinds=note",
                "--plimsoll.workers.work=" + Shop.Note.class.getName()));
        List.of(more).forEach(word -> {
            words.removeIf(known -> known.startsWith("--" + word.replaceFirst("=.*", "=")));
            words.add("--" + word);
        });
        var context = new SpringApplicationBuilder(Shop.class).run(words.toArray(String[]::new));
        OPENED.add(context);
        return context;
    }

    @AfterAll
    static void stop() {
        OPENED.forEach(ConfigurableApplicationContext::close);
        if (servers != null) {
            servers.close();
        }
    }

    private HttpResponse<String> send(ConfigurableApplicationContext shop, String method, String path)
            throws Exception {
        return client.send(request(shop, method, path), BodyHandlers.ofString());
    }

    private static HttpRequest request(ConfigurableApplicationContext shop, String method, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + shop.getEnvironment().getProperty(
                "local.server.port") + path)).method(method, HttpRequest.BodyPublishers.noBody()).build();
    }

    private static int loads(ConfigurableApplicationContext shop) {
        return shop.getBean(Shop.Prices.class).loads();
    }

    @Test
    void aChangeIsSeenByAllProcessesAtOnce() throws Exception {
        for (var cents = 1; cents <= 20; cents++) {
            assertThat(send(here, "PUT", "/prices/acme/1/" + cents).statusCode()).isEqualTo(200);
            assertThat(send(there, "GET", "/prices/acme/1").body()).contains("\"cents\":" + cents);
            assertThat(send(here, "GET", "/prices/acme/1").body()).contains("\"cents\":" + cents);
        }
    }

    /// Before, whoever loads anew would load the old, and keep it.
    @Test
    void whatATransactionChangesIsStaleOnceItIsCommitted() {
        var prices = here.getBean(Shop.Prices.class);
        var cache = Objects.requireNonNull(here.getBean(CacheManager.class).getCache("prices"));
        var key = new SimpleKey("committed", 1);
        var transaction = new TransactionTemplate(here.getBean(PlatformTransactionManager.class));
        var keptUntilThen = new AtomicBoolean();
        kept(prices, cache, key);
        transaction.executeWithoutResult(changed -> {
            here.publishEvent(new Invalidation("import", "committed"));
            changed.setRollbackOnly();
        });
        assertThat(cache.get(key)).as("rolled back").isNotNull();
        transaction.executeWithoutResult(changed -> {
            here.publishEvent(new Invalidation("import", "committed"));
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void beforeCompletion() {
                    keptUntilThen.set(cache.get(key) != null);
                }
            });
        });
        assertThat(keptUntilThen).isTrue();
        assertThat(cache.get(key)).as("committed").isNull();
    }

    /// A renewal of a lease may come too late on a busy machine, and then a value is not kept.
    private static void kept(Shop.Prices prices, Cache cache, Object key) {
        for (var time = 0; time < 200 && cache.get(key) == null; time++) {
            assertThat(prices.price("committed", 1).item()).isEqualTo(1);
        }
        assertThat(cache.get(key)).isNotNull();
    }

    @Test
    void anAnnotatedMethodRunsOnceForAllProcesses() throws Exception {
        send(here, "PUT", "/prices/once/1/5");
        var before = loads(here) + loads(there);
        for (var time = 0; time < 20; time++) {
            send(here, "GET", "/prices/once/1");
            send(there, "GET", "/prices/once/1");
        }
        // A renewal of a lease may come too late on a busy machine, and then a value is loaded again.
        assertThat(loads(here) + loads(there) - before).isBetween(1, 5);
    }

    @Test
    void withoutSyncItIsKeptToo() {
        var prices = here.getBean(Shop.Prices.class);
        var first = prices.name("acme");
        assertThat(prices.name("acme")).isEqualTo(first);
        there.getBean(Shop.Prices.class).forgetNames();
        assertThat(prices.name("acme")).isNotEqualTo(first);
    }

    @Test
    void thePoolIsThePlans() throws SQLException {
        assertThat(here.getBean(DataSource.class).unwrap(HikariDataSource.class).getMaximumPoolSize()).isEqualTo(7);
        assertThat(here.getBean(Pool.class).preparesOnServer()).isTrue();
    }

    @Test
    void theMethodOfATransactionIsNamedAsTheHolderOfItsConnection() {
        var pool = here.getBean(Pool.class);
        var held = here.getBean(Shop.Prices.class).held(pool);
        assertThat(held).filteredOn(holder -> holder.thread().equals(Thread.currentThread().getName())).singleElement()
                .satisfies(holder -> assertThat(holder.stack().getFirst().getClassName()).startsWith(
                        "dev.plimsoll.shop."));
    }

    @Test
    void healthAndMetricsAreBootsOwn() throws Exception {
        var health = send(here, "GET", "/actuator/health").body();
        assertThat(health).contains("\"plimsollCache\":{\"status\":\"UP\"", "\"plimsollDrain\":{", "\"db\":{");
        send(here, "GET", "/prices/acme/1");
        assertThat(send(here, "GET", "/actuator/metrics/cache.requests?tag=cache:prices:%7Borg%7D:%7Bitem%7D")
                .statusCode()).isEqualTo(200);
        assertThat(send(here, "GET", "/actuator/metrics/hikaricp.connections.max").body()).contains("7.0");
        assertThat(send(here, "GET", "/actuator/metrics/plimsoll.requests.active").body()).contains("VALUE");
        assertThat(send(here, "GET", "/actuator/metrics/plimsoll.queue.depth").statusCode()).isEqualTo(200);
        assertThat(send(here, "GET", "/actuator/metrics/plimsoll.semantic.lookups?tag=outcome:exact").statusCode())
                .isEqualTo(200);
    }

    @Test
    void jobsAreDoneInAChildProcess() throws Exception {
        var file = Files.createTempFile("plimsoll-note", ".txt");
        var id = here.getBean(JobQueue.class).enqueue(JobKind.ofJson("note"), "\"" + file + "\"");
        for (var time = 0; time < 600 && Files.size(file) == 0; time++) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        assertThat(file).hasContent(id);
        Files.delete(file);
    }

    @Test
    void theSemanticCacheIsOnTheSharedRedis() {
        assertThat(here.getBean(EntryStore.class)).isInstanceOf(RedisEntryStore.class);
        assertThat(here.getBean(SemanticCache.class)).isNotNull();
    }

    @Test
    void whoAsksTooOftenIsRefused() throws Exception {
        var limited = open("plimsoll.web.rate-limit=1", "plimsoll.web.burst=2");
        assertThat(send(limited, "GET", "/prices/acme/1").headers().firstValue("RateLimit-Remaining")).contains("1");
        send(limited, "GET", "/prices/acme/1");
        var refused = send(limited, "GET", "/prices/acme/1");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).contains("1");
        assertThat(send(limited, "GET", "/actuator/health").statusCode()).isEqualTo(200);
    }

    @Test
    void refusalsAreInTheFiguresOfRequests() throws Exception {
        var limited = open("plimsoll.web.rate-limit=1", "plimsoll.web.burst=1");
        HttpResponse<String> refused;
        do {
            refused = send(limited, "GET", "/prices/acme/1");
        } while (refused.statusCode() == 200);
        HttpResponse<String> figures;
        var tries = 0;
        do {
            figures = send(limited, "GET", "/actuator/metrics/http.server.requests?tag=status:429");
        } while (figures.statusCode() != 200 && ++tries < 200);
        assertThat(figures.statusCode()).isEqualTo(200);
    }

    @Test
    void requestsUnderWayEndBeforeTheServiceDoes() throws Exception {
        var ending = open();
        var slow = client.sendAsync(request(ending, "GET", "/slow"), BodyHandlers.ofString());
        ending.getBean(Shop.Counter.class).arrived.await();
        var closing = CompletableFuture.runAsync(ending::close);
        HttpResponse<String> refused;
        do {
            refused = send(ending, "GET", "/prices/acme/1");
        } while (refused.statusCode() == 200);
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).contains("5");
        assertThat(send(ending, "GET", "/actuator/health").body()).contains("OUT_OF_SERVICE");
        assertThat(slow.get().body()).isEqualTo("done");
        closing.get(30, TimeUnit.SECONDS);
    }
}
