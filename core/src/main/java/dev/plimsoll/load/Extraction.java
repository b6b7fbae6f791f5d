package dev.plimsoll.load;

import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.json.JsonMapper;

/// Takes a value out of an answer, for later requests.
public sealed interface Extraction {
    /// The name by which templates know the value.
    String variable();

    /// The value; empty when the answer does not hold it.
    Optional<String> from(String body);

    /// @param pointer as in RFC 6901, such as `/items/0/id`
    record Json(String variable, JsonPointer pointer) implements Extraction {
        @Override
        public Optional<String> from(String body) {
            try {
                return Optional.of(JsonMapper.shared().readTree(body).at(pointer)).filter(node -> node.isValueNode()
                        && !node.isNull()).map(node -> node.asString());
            } catch (JacksonException noJson) {
                return Optional.empty();
            }
        }
    }

    /// The first group, or the whole match without groups.
    record Regex(String variable, Pattern pattern) implements Extraction {
        @Override
        public Optional<String> from(String body) {
            var found = pattern.matcher(body);
            return found.find()
                    ? Optional.ofNullable(found.group(found.groupCount() > 0 ? 1 : 0))
                    : Optional.empty();
        }
    }
}
