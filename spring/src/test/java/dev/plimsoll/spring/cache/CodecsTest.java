package dev.plimsoll.spring.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.cache.support.NullValue;
import tools.jackson.databind.json.JsonMapper;

class CodecsTest {
    private static final String TEXT = String.class.getName();
    private static final String NUMBERS = "java.util.List<java.lang.Integer>";
    private final Codecs json = new JsonCodecs(new JsonMapper());

    @Test
    void anotherFormatOrTypeIsAnotherCodec() {
        assertThat(List.of(json.codec(TEXT, 1).name(), json.codec(TEXT, 2).name(), json.codec(NUMBERS, 1).name(), json
                .codec(NUMBERS, 2).name(), json.codec("java.lang.Integer", 1).name())).doesNotHaveDuplicates();
        assertThat(json.codec(NUMBERS, 1).name()).isEqualTo(json.codec(NUMBERS, 1).name());
    }

    @Test
    void whatIsEncodedIsDecoded() {
        var numbers = json.codec(NUMBERS, 1);
        assertThat(numbers.decode().apply(numbers.encode().apply(List.of(1, 2)))).isEqualTo(List.of(1, 2));
        var texts = Codecs.texts().codec(TEXT, 1);
        assertThat(texts.decode().apply(texts.encode().apply(""))).isEqualTo("");
        assertThat(texts.decode().apply(texts.encode().apply(NullValue.INSTANCE))).isSameAs(NullValue.INSTANCE);
    }

    @Test
    void withoutJacksonOnlyTextsAreStored() {
        assertThatIllegalArgumentException().isThrownBy(() -> Codecs.texts().codec(NUMBERS, 1)).withMessageContaining(
                "only java.lang.String");
    }
}
