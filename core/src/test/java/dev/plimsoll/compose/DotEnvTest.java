package dev.plimsoll.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.source.InputException;
import dev.plimsoll.source.Located;
import dev.plimsoll.source.Location;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DotEnvTest {
    private static Map<String, String> read(String text) {
        var values = new LinkedHashMap<String, String>();
        DotEnv.read(".env", text, Map.of("OUT", "side")).forEach((key, value) -> values.put(key, value.value()));
        return values;
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', value = {"A=b,b", "A = b ,b", "A=b # note,b", "A=b#c,b#c", "A=#note,``",
            "A=,``", "A: b,b", "export A=b,b", "A='b # c',b # c", "A=\"b # c\",b # c", "A='b' # note,b",
            "A=\"say \\\"x\\\"\",say \"x\"", "A='it\\'s',it's", "A='a\\nb',a\\nb", "A=b=c,b=c",
            "A=http://h:1/p?q=1,http://h:1/p?q=1", "A=0.0.0.0:80,0.0.0.0:80", "A=\"\",``", "A=''  ,``"})
    void oneLine(String line, String value) {
        assertThat(read(line)).containsExactly(Map.entry("A", value));
        assertThat(read(line + "\r\n")).containsExactly(Map.entry("A", value));
    }

    @Test
    void doubleQuotesKnowEscapes() {
        assertThat(read("A=\"1\\n2\\t3\\\\\"")).containsEntry("A", "1\n2\t3\\");
    }

    @Test
    void quotedValuesSpanLines() {
        var values = DotEnv.read(".env", "A=\"one\ntwo\"\nB='three\nfour'\nC=5\n", Map.of());
        assertThat(values).containsEntry("A", new Located<>("one\ntwo", new Location(".env", 1, 1)))
                .containsEntry("B", new Located<>("three\nfour", new Location(".env", 3, 1)))
                .containsEntry("C", new Located<>("5", new Location(".env", 5, 1)));
    }

    @Test
    void valuesReferToEarlierLinesAndToTheOutside() {
        assertThat(read("A=x\nB=${A}-$OUT\nC='${A}'\nD=\"${A}\"\nE=\\${A}\nF=\"\\${A}\"\nG=${NO:-d}\n"))
                .containsEntry("B", "x-side").containsEntry("C", "${A}").containsEntry("D", "x")
                .containsEntry("F", "${A}").containsEntry("G", "d");
        assertThat(read("OUT=in\nB=$OUT\n")).containsEntry("B", "side");
    }

    @Test
    void aBareNameTakesTheOutsideValue() {
        assertThat(read("OUT\nUNKNOWN\nA=1\n")).containsExactly(Map.entry("OUT", "side"), Map.entry("A", "1"));
    }

    @Test
    void theLastOfSeveralValuesWins() {
        assertThat(read("A=1\nA=2\n")).containsExactly(Map.entry("A", "2"));
    }

    @Test
    void commentsBlankLinesAndByteOrderMarksAreSkipped() {
        assertThat(read("\uFEFF# note\n\n   # indented\n  A=1\n\t\nB=2")).containsExactly(Map.entry("A", "1"),
                Map.entry("B", "2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"two words", "=value", "a b=c", "<<<<<<< HEAD", "$A=b"})
    void aLineThatIsNoAssignmentIsRefusedWithItsPlace(String line) {
        assertThatThrownBy(() -> read("A=1\n" + line + "\n")).isInstanceOf(InputException.class)
                .hasMessageStartingWith(".env:2:1: `").hasMessageEndingWith("is no variable name. Write KEY=value, "
                        + "or put a # before a comment.");
    }

    @Test
    void anOpenQuoteIsRefusedWithTheLineWhereItStarts() {
        assertThatThrownBy(() -> read("A=1\nB=\"open\nC=2\n")).isInstanceOf(InputException.class)
                .hasMessage(".env:2:1: a quoted value is not closed. Close it with \".");
    }
}
