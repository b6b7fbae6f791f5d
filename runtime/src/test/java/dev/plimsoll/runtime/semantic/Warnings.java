package dev.plimsoll.runtime.semantic;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.slf4j.LoggerFactory;

/// What a class warns of meanwhile.
record Warnings(Logger logger, ListAppender<ILoggingEvent> appender) implements AutoCloseable {
    static Warnings of(Class<?> type) {
        var warnings = new Warnings((Logger) LoggerFactory.getLogger(type), new ListAppender<>());
        warnings.appender.start();
        warnings.logger.addAppender(warnings.appender);
        return warnings;
    }

    long count() {
        return appender.list.stream().filter(event -> event.getLevel() == Level.WARN).count();
    }

    @Override
    public void close() {
        logger.detachAppender(appender);
    }
}
