package dev.plimsoll.shop;

import dev.plimsoll.runtime.pool.Holder;
import dev.plimsoll.runtime.pool.Pool;
import dev.plimsoll.runtime.worker.Job;
import dev.plimsoll.runtime.worker.Work;
import dev.plimsoll.spring.cache.Invalidation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/// A small service, as somebody would write it who has read only the page on Spring Boot.
@SpringBootApplication
@EnableCaching
public class Shop {
    /// @param cents of one
    public record Price(String org, int item, int cents) {}

    /// Keeps prices in PostgreSQL and in the cache.
    @Service
    public static class Prices {
        private final JdbcTemplate database;
        private final ApplicationEventPublisher events;
        private final AtomicInteger loads = new AtomicInteger();

        Prices(JdbcTemplate database, ApplicationEventPublisher events) {
            this.database = database;
            this.events = events;
            database.execute("create table if not exists prices (org text, item int, cents int, primary key (org, "
                    + "item))");
        }

        @Cacheable(cacheNames = "prices", sync = true)
        public Price price(String org, int item) {
            loads.incrementAndGet();
            return new Price(org, item, database.query("select cents from prices where org = ? and item = ?",
                    row -> row.next() ? row.getInt(1) : 0, org, item));
        }

        @Cacheable("names")
        public String name(String org) {
            return org + " " + loads.incrementAndGet();
        }

        @CacheEvict(cacheNames = "names", allEntries = true)
        public void forgetNames() {
            // The annotation does it.
        }

        @Transactional
        public void change(String org, int item, int cents) {
            events.publishEvent(new Invalidation("import", org));
            database.update("insert into prices values (?, ?, ?) on conflict (org, item) do update set cents = ?", org,
                    item, cents, cents);
        }

        @Transactional
        public List<Holder> held(Pool pool) {
            return pool.holders();
        }

        int loads() {
            return loads.get();
        }
    }

    /// What clients ask.
    @RestController
    public static class Counter {
        private final Prices prices;
        final CountDownLatch arrived = new CountDownLatch(1);

        Counter(Prices prices) {
            this.prices = prices;
        }

        @GetMapping("/prices/{org}/{item}")
        public Price price(@PathVariable String org, @PathVariable int item) {
            return prices.price(org, item);
        }

        @PutMapping("/prices/{org}/{item}/{cents}")
        public void change(@PathVariable String org, @PathVariable int item, @PathVariable int cents) {
            prices.change(org, item, cents);
        }

        @GetMapping("/slow")
        public String slow() throws InterruptedException {
            arrived.countDown();
            TimeUnit.SECONDS.sleep(2);
            return "done";
        }
    }

    /// Writes the job's id to the file that it names.
    public static final class Note implements Work {
        @Override
        public void run(Job job) throws Exception {
            Files.writeString(Path.of(job.payload().replace("\"", "")), job.id());
        }
    }
}
