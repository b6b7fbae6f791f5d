package dev.plimsoll.spring;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.core.env.Environment;

/// All that stands below `plimsoll`, read once at start whether or not the part that it belongs to is there.
record AllProperties(@Nullable CacheProperties cache, @Nullable PoolProperties pool, @Nullable RedisProperties redis,
        @Nullable SemanticProperties semantic, @Nullable WebProperties web, @Nullable WorkerProperties workers) {
    private static final Logger LOG = LoggerFactory.getLogger(AllProperties.class);

    /// @throws PropertyException for one that no part has. Boot's own message would repeat the value, which may be an
    /// address with a password
    static void check(Environment environment) {
        var handler = new NoUnboundElementsBindHandler(BindHandler.DEFAULT, new UnboundElementsSourceFilter());
        try {
            Binder.get(environment, handler).bind("plimsoll", AllProperties.class).ifBound(AllProperties::warn);
        } catch (BindException wrong) {
            if (wrong.getCause() instanceof UnboundConfigurationPropertiesException unknown) {
                throw refused(unknown.getUnboundProperties().stream().map(property -> property.getName().toString())
                        .sorted().findFirst().orElseThrow(), environment);
            }
            throw wrong;
        }
    }

    /// A number that is nothing is left unbound too.
    private static PropertyException refused(String property, Environment environment) {
        return environment.getProperty(property, "...").isBlank()
                ? new PropertyException(property, "", "write a value, or remove it")
                : PropertyException.unknown(property);
    }

    private void warn() {
        if (cache != null && !cache.caches().isEmpty() && (redis == null || redis.uri() == null)) {
            LOG.warn("plimsoll.cache.caches is set and plimsoll.redis.uri is not: there is no such cache");
        }
    }
}
