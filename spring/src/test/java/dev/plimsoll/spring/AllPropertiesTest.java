package dev.plimsoll.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.runtime.cache.Caches;
import dev.plimsoll.runtime.redis.RedisLink;
import dev.plimsoll.runtime.semantic.SemanticCache;
import dev.plimsoll.runtime.worker.JobQueue;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

/// What ends the start of a service whether or not the part that it belongs to is there.
class AllPropertiesTest {
    private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(
            AutoConfigurationsTest.ALL);
    private final WebApplicationContextRunner web = new WebApplicationContextRunner().withConfiguration(
            AutoConfigurationsTest.ALL);

    @ParameterizedTest
    @ValueSource(strings = {"plimsoll.redis.url", "plimsoll.redsi.uri", "plimsoll.cache.caches.prices.kee",
            "plimsoll.pool.nope", "plimsoll.semantic.nope", "plimsoll.web.nope", "plimsoll.workers.nope",
            "plimsoll.nope"})
    void anUnknownPropertyIsRefusedAlsoWhereItsPartIsNotThereAndItsValueIsNotRepeated(String property) {
        for (var uri : List.of("", "redis://127.0.0.1:1")) {
            runner.withPropertyValues("plimsoll.redis.uri=" + uri, property + "=redis://:hush@other").run(
                    context -> assertThat(context.getStartupFailure()).hasStackTraceContaining("`" + property
                            + "` does not exist: write one of").hasMessageNotContaining("hush"));
        }
    }

    @Test
    void aWrongValueIsRefusedAlsoWhereItsPartIsNotThere() {
        runner.withPropertyValues("plimsoll.cache.caches.prices.key=prices").run(context -> assertThat(context
                .getStartupFailure()).hasStackTraceContaining("write names in braces"));
    }

    @Test
    void aVariableOfTheEnvironmentIsNoProperty() {
        runner.withSystemProperties("plimsoll.home=/opt").run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void whatIsSetToNothingIsNotSet() {
        runner.withPropertyValues("plimsoll.redis.uri=${REDIS_URL:}", "plimsoll.pool.url=", "plimsoll.workers.kinds=",
                "plimsoll.semantic.dimensions=0", "plimsoll.cache.caches.prices.fresh=1m").run(
                        context -> assertThat(context).hasNotFailed().doesNotHaveBean(RedisLink.class).doesNotHaveBean(
                                Caches.class).doesNotHaveBean(DataSource.class).doesNotHaveBean(JobQueue.class)
                                .doesNotHaveBean(SemanticCache.class));
    }

    @Test
    void aNumberThatIsNothingIsNotTakenForAnUnknownProperty() {
        web.withPropertyValues("plimsoll.web.rate-limit=").run(context -> assertThat(context.getStartupFailure())
                .hasStackTraceContaining("`plimsoll.web.rate-limit` is ``: write a value, or remove it"));
    }

    @Test
    void anAddressThatCannotBeReadIsNotRepeatedAnywhere() {
        for (var address : List.of("redis://:hu^sh@localhost:6379", "redis://:hush@localhost:notaport",
                "redis://:hush@")) {
            runner.withPropertyValues("plimsoll.redis.uri=" + address).run(context -> {
                var trace = new StringWriter();
                Objects.requireNonNull(context.getStartupFailure()).printStackTrace(new PrintWriter(trace));
                assertThat(trace.toString()).contains("`plimsoll.redis.uri` is `...`: write redis://HOST:PORT")
                        .doesNotContain("sh@");
            });
        }
    }
}
