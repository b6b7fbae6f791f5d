package dev.plimsoll.runtime.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class HolderTest {
    private static final Instant SINCE = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void isNamedByTheServicesOwnFrames() {
        assertThat(Holder.here(SINCE).text(SINCE.plusMillis(4_200))).startsWith("thread " + Thread.currentThread()
                .getName() + " for 4.2 s at HolderTest.isNamedByTheServicesOwnFrames(HolderTest.java:");
    }

    @Test
    void isNamedByLibrariesWhereThereIsNothingElse() {
        var holder = CompletableFuture.completedFuture(SINCE).thenApplyAsync(Holder::here).join();
        assertThat(holder.stack()).isNotEmpty().allMatch(frame -> frame.getClassName().startsWith("java."));
    }
}
