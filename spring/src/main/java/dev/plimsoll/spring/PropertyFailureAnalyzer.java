package dev.plimsoll.spring;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;

/// Tells of a wrong property in a line instead of a stack trace. Before Boot's own analyzers, which would name the
/// group of properties only.
final class PropertyFailureAnalyzer extends AbstractFailureAnalyzer<PropertyException> implements Ordered {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, PropertyException cause) {
        return new FailureAnalysis(cause.getMessage(), cause.remedy(), cause);
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }
}
