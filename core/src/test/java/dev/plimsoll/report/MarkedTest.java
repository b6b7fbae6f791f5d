package dev.plimsoll.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MarkedTest {
    @Test
    void whatStandsBetweenBackticksIsCode() {
        assertThat(Marked.html("`api` was killed <3 times & `db` twice")).isEqualTo(
                "<code>api</code> was killed &lt;3 times &amp; <code>db</code> twice");
        assertThat(Marked.markdown("`my_api` was killed in [a_b] by _c_")).isEqualTo(
                "`my_api` was killed in \\[a_b] by \\_c\\_");
    }

    @Test
    void nothingOfItIsMarkup() {
        assertThat(Marked.html("`<b>`")).isEqualTo("<code>&lt;b&gt;</code>");
        assertThat(Marked.markdown("a|b *c* @team <i>\\ `x|y`")).isEqualTo(
                "a\\|b \\*c\\* &#64;team &lt;i>\\\\ `x\\|y`");
    }

    @Test
    void backticksThatAreNoPairsAreText() {
        assertThat(Marked.html("a ` b")).isEqualTo("a ` b");
        assertThat(Marked.markdown("a ` <b>")).isEqualTo("a \\` &lt;b>");
        assertThat(Marked.markdown("`<b>```")).isEqualTo("\\`&lt;b>\\`\\`\\`");
    }

    @Test
    void itIsOneLineWithoutSignsThatCannotBeSeen() {
        assertThat(Marked.markdown("one\n two\u202e\u0007")).isEqualTo("one two");
        assertThat(Marked.html("one\n two\u202e\u0007")).isEqualTo("one two");
    }
}
