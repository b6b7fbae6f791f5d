package dev.plimsoll.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class PropertyFailureAnalyzerTest {
    @Test
    void aServiceWithAWrongPropertySaysWhatToWrite(CapturedOutput output) {
        assertThatThrownBy(() -> new SpringApplicationBuilder(Service.class).web(WebApplicationType.NONE)
                .properties("plimsoll.redis.uri=redis://127.0.0.1:1", "plimsoll.redis.lease=5ms").run()).isNotNull();
        assertThat(output.getOut()).contains("APPLICATION FAILED TO START",
                "`plimsoll.redis.lease` is `PT0.005S`: write 100ms or more, such as 1s").doesNotContain(
                        "\tat dev.plimsoll");
    }

    @EnableAutoConfiguration
    @ImportAutoConfiguration
    static class Service {}
}
