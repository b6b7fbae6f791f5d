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

/// Matches when the property, or one below it, is set: `ConditionalOnProperty` does not see lists and maps. Nothing, as
/// `${REDIS_URL:}` may leave, is not set.
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@Conditional(ConditionalOnBound.OnBound.class)
@interface ConditionalOnBound {
    String value();

    /// What stands for nothing, beside nothing.
    String none() default "";

    /// Looks into every source of properties.
    final class OnBound extends SpringBootCondition {
        @Override
        public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
            var bound = metadata.getAnnotations().get(ConditionalOnBound.class);
            var name = String.valueOf(bound.getString("value"));
            var message = ConditionMessage.forCondition("property " + name);
            return isSet(context, name, String.valueOf(bound.getString("none")))
                    ? ConditionOutcome.match(message.because("it is set"))
                    : ConditionOutcome.noMatch(message.because("it is not set"));
        }

        private static boolean isSet(ConditionContext context, String name, String none) {
            var value = context.getEnvironment().getProperty(name);
            if (value != null) {
                return !value.isBlank() && !value.strip().equals(none);
            }
            for (var source : ConfigurationPropertySources.get(context.getEnvironment())) {
                if (source.containsDescendantOf(ConfigurationPropertyName.of(
                        name)) == ConfigurationPropertyState.PRESENT) {
                    return true;
                }
            }
            return false;
        }
    }
}
