package dev.plimsoll.spring.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.cache.interceptor.SimpleKey;

class KeyPartsTest {
    private final KeyParts whole = new KeyParts("prices", 1);
    private final KeyParts pair = new KeyParts("prices", 2);

    record Item(String org, int number) {}

    record UserId(long id) {}

    record OrgId(long id) {}

    enum Cup {
        SMALL
    }

    enum Shirt {
        SMALL
    }

    @Test
    void parametersFillThePlaceholders() {
        assertThat(pair.of(new SimpleKey("acme", 7))).containsExactly("acme", "7");
        assertThat(pair.of(new Item("acme", 7))).containsExactly("acme", "7");
        assertThat(pair.of(List.of("acme", TimeUnit.DAYS))).containsExactly("acme",
                "\\java.util.concurrent.TimeUnit.DAYS");
        assertThat(whole.of(new UUID(0, 1))).containsExactly("00000000-0000-0000-0000-000000000001");
    }

    @Test
    void differentKeysAreDifferentTexts() {
        var keys = List.of("a", "[a]", "\\null", "", "[]", SimpleKey.EMPTY, new SimpleKey("a"), new SimpleKey("a",
                "b"), new SimpleKey("a,b"), new SimpleKey("a\\", "b"), new SimpleKey("a\\,b"),
                new SimpleKey(
                        (Object) null),
                new SimpleKey("\\null"), new SimpleKey(List.of("a", "b")), new SimpleKey("[a,b]"), List.of(
                        List.of("a"), "b"),
                List.of(List.of("a", "b")), new SimpleKey("a", null));
        var texts = new HashSet<String>();
        keys.forEach(key -> assertThat(texts.add(whole.of(key).getFirst())).as("%s in %s", key, texts).isEqualTo(!key
                .equals(List.of(List.of("a", "b")))));
    }

    @Test
    void valuesOfDifferentTypesAreDifferentKeys() {
        var keys = List.of(new UserId(7), new OrgId(7), List.of(7), "[7]", "\\" + UserId.class.getName() + "[7]",
                Cup.SMALL, Shirt.SMALL, "SMALL", "\\" + Cup.class.getName() + ".SMALL", List.of(new UserId(7)),
                List.of(new OrgId(7)));
        assertThat(keys.stream().map(whole::of).distinct()).hasSameSizeAs(keys);
    }

    @Test
    void anEventNamesAValueAsMethodsAreGivenIt() {
        assertThat(new Invalidation("import", "acme").text()).isEqualTo("acme");
        assertThat(pair.of(new SimpleKey(new OrgId(7), Cup.SMALL))).containsExactly(new Invalidation("import",
                new OrgId(7)).text(), new Invalidation("import", Cup.SMALL).text());
        assertThatIllegalArgumentException().isThrownBy(() -> new Invalidation("import", new Object()).text())
                .withMessageContaining("the event `import` has a part of class java.lang.Object");
    }

    @Test
    void whatHasNoTextIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> whole.of(new Object())).withMessageContaining(
                "a key of cache `prices` has a part of class java.lang.Object");
        assertThatIllegalArgumentException().isThrownBy(() -> pair.of("a")).withMessageContaining(
                "has not the 2 parts that plimsoll.cache.caches.prices.key names");
    }
}
