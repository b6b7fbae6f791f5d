package dev.plimsoll.sample.store;

import dev.plimsoll.runtime.cache.KeyTemplate;
import dev.plimsoll.runtime.redis.PendingInvalidationException;
import dev.plimsoll.runtime.tag.Generations;
import dev.plimsoll.runtime.tag.Tag;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The tags of what is kept about sources, and how it becomes stale.
public final class Sources {
    /// Stands for all sources in keys and tags; no source may be named so.
    public static final String ALL = "*";
    /// The tag of every key with a source.
    public static final String TAG = "source:{source}";
    private static final Logger LOG = LoggerFactory.getLogger(Sources.class);
    private static final KeyTemplate<String> KEY = KeyTemplate.of("source:{source}").tagged(TAG);

    private final Generations generations;

    public Sources(Generations generations) {
        this.generations = generations;
    }

    /// @param source empty for all
    public static String key(String source) {
        return source.isEmpty() ? ALL : source;
    }

    /// @param source empty for all
    public static List<Tag> tags(String source) {
        return KEY.tags(key(source));
    }

    /// Makes stale what holds anything of a source.
    ///
    /// @return false when other processes may not know yet, because the cache does not answer
    public boolean changed(String source) {
        var tags = new ArrayList<>(tags(source));
        tags.addAll(tags(""));
        try {
            generations.invalidate(tags);
            return true;
        } catch (PendingInvalidationException pending) {
            LOG.warn("{}", pending.getMessage());
            return false;
        }
    }
}
