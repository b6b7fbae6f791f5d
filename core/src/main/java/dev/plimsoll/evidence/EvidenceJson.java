package dev.plimsoll.evidence;

import dev.plimsoll.source.InputException;
import dev.plimsoll.source.Location;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

/// Records of evidence as JSON. Load runs have a form of their own, see [dev.plimsoll.load.LoadRunJson].
public final class EvidenceJson {
    private static final String REMEDY = "Remove the file, or bring back the one that was written";
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private EvidenceJson() {}

    /// @param file its name for error messages
    /// @param text as `verify --format json` writes it
    /// @throws InputException when it is something else
    public static Verified verified(String file, String text) {
        return read(file, text, Verified.class, "verification");
    }

    /// @throws InputException when the text is something else
    public static StartUp startUp(String file, String text) {
        return read(file, text, StartUp.class, "record of a start");
    }

    public static String text(StartUp startUp) {
        return MAPPER.writeValueAsString(startUp) + "\n";
    }

    /// @throws InputException when the text is something else
    public static Measured measured(String file, String text) {
        return read(file, text, Measured.class, "record of a measurement");
    }

    public static String text(Measured measured) {
        return MAPPER.writeValueAsString(measured) + "\n";
    }

    private static <T> T read(String file, String text, Class<T> type, String what) {
        try {
            return Optional.ofNullable(MAPPER.readValue(text, type)).orElseThrow(() -> new IllegalArgumentException(
                    "there is nothing in it"));
        } catch (JacksonException | IllegalArgumentException bad) {
            var message = bad instanceof JacksonException json ? json.getOriginalMessage() : bad.getMessage();
            throw new InputException(Location.ofFile(file),
                    "this is no " + what + ": " + String.valueOf(message).replaceFirst("\\s*\\([^()]*\\[Source:.*", "")
                            .lines().findFirst().orElse("it cannot be read"),
                    REMEDY);
        }
    }
}
