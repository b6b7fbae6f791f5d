package dev.plimsoll.spring;

import dev.plimsoll.runtime.web.Drain;
import dev.plimsoll.runtime.web.RateLimits;
import dev.plimsoll.spring.web.ClientKey;
import dev.plimsoll.spring.web.DrainHealth;
import dev.plimsoll.spring.web.DrainLifecycle;
import dev.plimsoll.spring.web.FrontFilter;
import dev.plimsoll.spring.web.FrontMeters;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletRequest;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.filter.OncePerRequestFilter;

/// Draining and limits of a servlet application.
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({Filter.class, OncePerRequestFilter.class})
@EnableConfigurationProperties(WebProperties.class)
public final class WebAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean
    Drain plimsollDrain() {
        return new Drain();
    }

    @Bean
    @ConditionalOnMissingBean
    DrainLifecycle plimsollDrainLifecycle(Drain drain, WebProperties properties) {
        return new DrainLifecycle(drain, properties.drain());
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnBound("plimsoll.web.rate-limit")
    RateLimits plimsollRateLimits(WebProperties properties) {
        return new RateLimits(properties.limit().orElseThrow(), properties.clients());
    }

    /// By address. Behind a proxy set `server.forward-headers-strategy`, so that it is the client's.
    @Bean
    @ConditionalOnMissingBean
    ClientKey plimsollClientKey() {
        return ServletRequest::getRemoteAddr;
    }

    @Bean
    @ConditionalOnMissingBean
    FrontFilter plimsollFrontFilter(Drain drain, ObjectProvider<RateLimits> limits, ClientKey client,
            WebProperties properties) {
        return new FrontFilter(drain, Optional.ofNullable(limits.getIfUnique()), client, properties.openPaths());
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterBinder.class)
    static class Meters {
        @Bean
        @ConditionalOnMissingBean
        FrontMeters plimsollFrontMeters(Drain drain, FrontFilter front) {
            return new FrontMeters(drain, front);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(HealthIndicator.class)
    static class Healths {
        @Bean
        @ConditionalOnMissingBean(name = "plimsollDrainHealthIndicator")
        DrainHealth plimsollDrainHealthIndicator(Drain drain) {
            return new DrainHealth(drain);
        }
    }
}
