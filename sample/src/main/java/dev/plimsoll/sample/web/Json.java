package dev.plimsoll.sample.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/// JSON as the interface speaks it: names in snake case, nothing for what is absent.
public final class Json {
    /// Bytes of a JSON body, far above any question.
    private static final int MOST = 64 * 1024;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .changeDefaultPropertyInclusion(usual -> usual.withValueInclusion(JsonInclude.Include.NON_ABSENT))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    private Json() {}

    public static byte[] write(Object value) {
        return MAPPER.writeValueAsBytes(value);
    }

    static <T> T read(Call call, Class<T> type) throws IOException {
        try {
            var value = MAPPER.readValue(call.body(MOST), type);
            if (value == null) {
                throw new Refusal(400, "the body is null");
            }
            return value;
        } catch (DatabindException wrong) {
            throw new Refusal(400, "the body is not the JSON that is described in /openapi.yaml: " + expected(wrong));
        } catch (JacksonException wrong) {
            throw new Refusal(400, "the body is not JSON" + place(wrong));
        }
    }

    private static String place(JacksonException wrong) {
        return Optional.ofNullable(wrong.getLocation()).filter(location -> location.getLineNr() > 0).map(
                location -> " at line " + location.getLineNr() + ", column " + location.getColumnNr()).orElse("");
    }

    /// All fields are texts. Jackson's own message names Java's classes.
    private static String expected(DatabindException wrong) {
        var field = wrong.getPath().stream().map(JacksonException.Reference::getPropertyName).filter(Objects::nonNull)
                .collect(Collectors.joining("."));
        return field.isEmpty() ? "it is an object, as {}" : "`" + field + "` is a text";
    }
}
