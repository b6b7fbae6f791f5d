package dev.plimsoll.load;

import dev.plimsoll.source.InputException;
import dev.plimsoll.source.Location;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Load runs as JSON, as `schema/load.schema.json` describes them. Reading gives back what was written.
///
/// Times are seconds, latencies microseconds, memory bytes.
public final class LoadRunJson {
    private static final int FORMAT = 1;
    private static final String REMEDY = "Name a file that `plimsoll stress --format json` wrote";
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .enable(DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private LoadRunJson() {}

    public static String text(LoadRun run) {
        var root = MAPPER.createObjectNode();
        root.put("format", FORMAT);
        root.setAll((ObjectNode) MAPPER.valueToTree(run));
        return MAPPER.writeValueAsString(root) + "\n";
    }

    /// @param file its name for error messages
    /// @throws InputException when the text is no load run, or one of another version of Plimsoll
    public static LoadRun read(String file, String text) {
        try {
            var root = MAPPER.readTree(text);
            var format = root.path("format").asInt(0);
            if (format != FORMAT) {
                throw new InputException(Location.ofFile(file), format == 0
                        ? "this is no load run"
                        : "this load run has format " + format + ", and this version of Plimsoll reads format "
                                + FORMAT,
                        REMEDY);
            }
            root.findValues("counts").forEach(LoadRunJson::complete);
            return MAPPER.treeToValue(root, LoadRun.class);
        } catch (JacksonException bad) {
            throw new InputException(where(file, bad), "this is no load run: " + bad.getOriginalMessage().lines()
                    .findFirst().orElse("it cannot be read"), REMEDY);
        }
    }

    /// Runs of before redirects were counted have no number of them.
    private static void complete(JsonNode counts) {
        if (counts instanceof ObjectNode known && !known.has("redirected")) {
            known.put("redirected", 0);
        }
    }

    private static Location where(String file, JacksonException bad) {
        return Optional.ofNullable(bad.getLocation()).map(TokenStreamLocation::getLineNr).filter(line -> line > 0)
                .map(line -> Location.ofLine(file, line)).orElse(Location.ofFile(file));
    }
}
