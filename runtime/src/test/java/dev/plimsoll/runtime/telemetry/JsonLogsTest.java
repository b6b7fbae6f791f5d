package dev.plimsoll.runtime.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

/// What a service includes in its Logback configuration.
class JsonLogsTest {
    private static final String CONFIGURATION = """
            <configuration>
              <include resource="dev/plimsoll/runtime/json-logs.xml"/>
              <root level="INFO"><appender-ref ref="json"/></root>
            </configuration>
            """;

    @Test
    void aLineIsOneObjectWithItsTrace() throws JoranException {
        var context = new LoggerContext();
        var joran = new JoranConfigurator();
        joran.setContext(context);
        joran.doConfigure(new ByteArrayInputStream(CONFIGURATION.getBytes(StandardCharsets.UTF_8)));
        var logger = context.getLogger("ROOT");
        var appender = (ConsoleAppender<ILoggingEvent>) logger.getAppender("json");
        var event = new LoggingEvent("here", logger, ch.qos.logback.classic.Level.convertAnSLF4JLevel(Level.WARN),
                "it took {}\nms", null, new Object[]{7});
        event.setMDCPropertyMap(Map.of("trace_id", "0af7651916cd43dd8448eb211c80319c"));
        var line = new String(appender.getEncoder().encode(event), StandardCharsets.UTF_8);
        assertThat(line).endsWith("}\n").containsOnlyOnce("\n");
        assertThat(line).contains("\"level\":\"WARN\"", "\"formattedMessage\":\"it took 7\\nms\"",
                "\"trace_id\":\"0af7651916cd43dd8448eb211c80319c\"", "\"timestamp\":");
    }
}
