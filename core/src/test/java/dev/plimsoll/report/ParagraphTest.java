package dev.plimsoll.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ParagraphTest {
    @Test
    void fillsLinesAndIndentsTheRest() {
        var text = new Paragraph("fix: ", "     ").add("word ".repeat(40)).toString();
        assertThat(text.lines()).allMatch(line -> line.length() <= Paragraph.WIDTH).hasSizeGreaterThan(2)
                .allMatch(line -> line.startsWith("fix: word") || line.startsWith("     word"));
    }

    @Test
    void wordsLongerThanALineStayWhole() {
        var url = "https://example.com/" + "x".repeat(100);
        assertThat(new Paragraph("", "  ").add("see " + url + " there")).hasToString("see\n  " + url + "\n  there\n");
    }

    @Test
    void controlCharactersAreLeftOut() {
        assertThat(new Paragraph("", "").add("a\u001b[31mb\u0007\nc")).hasToString("a[31mb c\n");
    }

    @Test
    void lastColumnIsUsed() {
        var text = new Paragraph("", "").add("x".repeat(40)).add("y".repeat(39)).toString();
        assertThat(text.lines()).hasSize(1);
        assertThat(new Paragraph("", "").add("x".repeat(40)).add("y".repeat(40)).toString().lines()).hasSize(2);
    }
}
