package dev.plimsoll.spring.cache;

import dev.plimsoll.runtime.cache.Codec;
import tools.jackson.databind.json.JsonMapper;

/// Texts as they are, all else as JSON of the declared type: what is read from Redis cannot name a class.
public final class JsonCodecs implements Codecs {
    private final JsonMapper mapper;

    public JsonCodecs(JsonMapper mapper) {
        this.mapper = mapper;
    }

    @Override
    public Codec<Object> codec(String type, int format) {
        if (type.equals(String.class.getName())) {
            return Codecs.texts().codec(type, format);
        }
        var java = mapper.getTypeFactory().constructFromCanonical(type);
        return Codecs.withNull("json-" + format + "-" + Integer.toHexString(type.hashCode()),
                value -> mapper.writerFor(java).writeValueAsBytes(value), bytes -> mapper.readValue(bytes, java));
    }
}
