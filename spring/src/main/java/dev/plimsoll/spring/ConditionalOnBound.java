package dev.plimsoll.spring;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.type.AnnotatedTypeMetadata;

/// Matches when the property, or one below it, is set: `ConditionalOnProperty` does not see lists and maps.
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@Conditional(ConditionalOnBound.OnBound.class)
@interface ConditionalOnBound {
    String value();

    /// Looks into every source of properties.
    final class OnBound extends SpringBootCondition {
        @Override
        public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
            var name = String.valueOf(metadata.getAnnotations().get(ConditionalOnBound.class).getString("value"));
            var message = ConditionMessage.forCondition("property " + name);
            return isSet(context, ConfigurationPropertyName.of(name))
                    ? ConditionOutcome.match(message.because("it is set"))
                    : ConditionOutcome.noMatch(message.because("it is not set"));
        }

        private static boolean isSet(ConditionContext context, ConfigurationPropertyName name) {
            for (var source : ConfigurationPropertySources.get(context.getEnvironment())) {
                if (source.getConfigurationProperty(name) != null || source.containsDescendantOf(
                        name) == ConfigurationPropertyState.PRESENT) {
                    return true;
                }
            }
            return false;
        }
    }
}
