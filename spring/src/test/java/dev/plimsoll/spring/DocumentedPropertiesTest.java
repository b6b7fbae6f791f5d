package dev.plimsoll.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The table of the page is what editors show: the metadata made from the classes.
class DocumentedPropertiesTest {
    private static final Path PAGE = Path.of("../docs/spring-boot.md");
    private static final String BEGIN = "| property | type | default | |\n|---|---|---|---|\n";

    @Test
    void thePageHasEveryProperty() throws IOException {
        var page = Files.readString(PAGE);
        var begin = page.indexOf(BEGIN);
        assertThat(begin).as("the table's head in " + PAGE).isPositive();
        var end = page.indexOf("\n\n", begin);
        var wanted = page.substring(0, begin) + BEGIN + rows().stripTrailing() + page.substring(end);
        if (Boolean.getBoolean("update")) {
            Files.writeString(PAGE, wanted);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(wanted);
    }

    private static String rows() throws IOException {
        var metadata = Path.of("target/classes/META-INF/spring-configuration-metadata.json");
        var rows = new StringBuilder();
        for (var property : new JsonMapper().readTree(Files.readString(metadata)).get("properties")) {
            assertThat(property.get("description")).as("description of %s", property).isNotNull();
            rows.append("| `%s` | %s | %s | %s |%n".formatted(property.get("name").asString(), type(property),
                    byDefault(property), property.get("description").asString().replaceAll("'([^' ]+)'", "`$1`")));
        }
        return rows.toString();
    }

    private static String type(JsonNode property) {
        var type = property.get("type").asString();
        return switch (type.replaceFirst("<.*", "").replaceFirst(".*[.$]", "")) {
            case "Duration" -> "duration";
            case "DataSize" -> "size";
            case "Integer" -> "whole number";
            case "Double" -> "number";
            case "Boolean" -> "true or false";
            case "String" -> "text";
            case "Statements" -> "choice";
            case "List" -> "list";
            case "Map" -> "map";
            default -> throw new AssertionError("no word for " + type);
        };
    }

    private static String byDefault(JsonNode property) {
        var value = property.get("defaultValue");
        if (value == null) {
            return "none";
        }
        var text = value.isArray() ? value.get(0).asString() : value.asString();
        return text.isEmpty() ? "none" : text;
    }
}
