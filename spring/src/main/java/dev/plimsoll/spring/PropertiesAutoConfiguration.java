package dev.plimsoll.spring;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/// Refuses properties that cannot be meant, also those of a part that is not there.
@AutoConfiguration
public final class PropertiesAutoConfiguration {
    /// Before any bean is made of them.
    @Bean
    static BeanFactoryPostProcessor plimsollPropertiesCheck(Environment environment) {
        return factory -> AllProperties.check(environment);
    }
}
