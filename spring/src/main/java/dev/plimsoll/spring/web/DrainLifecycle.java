package dev.plimsoll.spring.web;

import dev.plimsoll.runtime.web.Drain;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// Drains before the web server and all else stops.
public final class DrainLifecycle implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(DrainLifecycle.class);
    /// The web server's own graceful end comes 1024 below the default.
    private static final int PHASE = DEFAULT_PHASE - 512;

    private final Drain drain;
    private final Duration longest;
    private volatile boolean running;

    public DrainLifecycle(Drain drain, Duration longest) {
        this.drain = drain;
        this.longest = longest;
    }

    @Override
    public void start() {
        drain.reopen();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        try {
            var left = drain.drain(longest);
            if (left > 0) {
                LOG.warn("{} requests were still under way after {} s", left, longest.toSeconds());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
