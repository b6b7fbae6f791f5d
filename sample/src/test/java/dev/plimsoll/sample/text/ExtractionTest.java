package dev.plimsoll.sample.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExtractionTest {
    private static final int LONGEST = 1_000_000;

    private static List<String> html(String page) throws UnreadableException {
        return Extraction.paragraphs(Format.HTML, page.getBytes(StandardCharsets.UTF_8), LONGEST);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '>', quoteCharacter = '`', value = {
            "`<h1>Lamp</h1><div>It burns colza oil.</div>` > Lamp|It burns colza oil.",
            "`<li>Fill the tank<ul><li>slowly</li></ul></li>` > Fill the tank|slowly",
            "`Before <p>in</p> after` > Before|in|after",
            "`<td>One<p>Two</p></td>` > One|Two",
            "`<p>It <b>bu</b>rns<br>oil &amp; <a>wax</a>.</p>` > It burns oil & wax.",
            "`<custom-block>Light</custom-block>house` > Lighthouse",
            "`<p>light&shy;house&nbsp;keeper</p>` > lighthouse keeper",
            "`<select><option>A<option>B</select><label>C</label>` > A|B|C",
            "`<title>T</title><p>P<script>s</script><style>s</style><nav>Home</nav>` > P",
            "`<pre>a\n  b</pre>` > a b"})
    void aParagraphReachesFromOneEdgeOfABlockToTheNext(String page, String paragraphs) throws UnreadableException {
        assertThat(html(page.replace("\\n", "\n"))).containsExactly(paragraphs.split("\\|"));
    }

    @Test
    void noVisibleCharacterIsLost() throws UnreadableException {
        for (var seed = 0; seed < 500; seed++) {
            var random = new Random(seed);
            var shown = new StringBuilder("x");
            var page = "<p>x</p>" + nested(random, 5, shown);
            assertThat(String.join("", html(page)).replace(" ", "")).as(page).isEqualTo(shown.toString());
        }
    }

    private static String nested(Random random, int depth, StringBuilder shown) {
        var names = List.of("div", "section", "ul", "span", "b", "blockquote", "article", "x-y", "em", "figure");
        var page = new StringBuilder();
        for (var part = random.nextInt(4); part >= 0; part--) {
            if (depth > 0 && random.nextBoolean()) {
                var name = names.get(random.nextInt(names.size()));
                page.append('<').append(name).append('>').append(nested(random, depth - 1, shown)).append("</").append(
                        name).append("> ");
            } else {
                var word = Integer.toString(random.nextInt(100_000), 36);
                shown.append(word);
                page.append(word).append("\n ");
            }
        }
        return page.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nul\0 byte", "<p>nul\0 byte</p>"})
    void textWithNulIsNone(String text) {
        for (var format : List.of(Format.TEXT, Format.HTML)) {
            assertThatThrownBy(() -> Extraction.paragraphs(format, text.getBytes(StandardCharsets.UTF_8), LONGEST))
                    .isInstanceOf(UnreadableException.class).hasMessageContaining("NUL");
        }
    }
}
