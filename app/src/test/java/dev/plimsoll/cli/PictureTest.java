package dev.plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Keeps the README's pictures of the terminal equal to what the program prints; `-Dupdate=true` draws them.
class PictureTest {
    private static final Path PICTURES = Path.of("../docs/img");
    private static final Pattern STYLE = Pattern.compile("\u001b\\[([0-9;]*)m");
    private static final double ROW = 17;

    @ParameterizedTest
    @CsvSource({"audit, 35", "plan, 40"})
    void pictureShowsWhatTheProgramPrints(String command, int lines) throws IOException {
        var output = new ByteArrayOutputStream();
        var stream = new PrintStream(output, true, StandardCharsets.UTF_8);
        Main.run(new Terminal(stream, stream, Map.of(), true), command, "../examples/rag-4gb/compose.yml");
        var text = output.toString(StandardCharsets.UTF_8).lines().limit(lines).toList();
        var picture = picture("$ ./plimsoll " + command + " examples/rag-4gb/compose.yml", text);
        var file = PICTURES.resolve(command + ".svg");
        if (Boolean.getBoolean("update")) {
            Files.createDirectories(PICTURES);
            Files.writeString(file, picture);
        }
        assertThat(file).as("run with -Dupdate=true to draw the pictures").exists();
        assertThat(Files.readString(file)).isEqualTo(picture);
    }

    private static String picture(String prompt, List<String> lines) {
        var height = (lines.size() + 3) * ROW;
        var svg = new StringBuilder("""
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 700 %1$.0f" width="700" height="%1$.0f" role="img">
                <rect width="700" height="%1$.0f" rx="6" fill="#16191d"/>
                <g font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="13.6" fill="#d7dae0">
                """.formatted(height));
        row(svg, 1, prompt, "#8fd18f");
        for (var at = 0; at < lines.size(); at++) {
            row(svg, at + 2, lines.get(at), "");
        }
        return svg.append("</g>\n</svg>\n").toString();
    }

    private static void row(StringBuilder svg, int number, String text, String colour) {
        svg.append("<text x=\"14\" y=\"%.0f\" xml:space=\"preserve\"%s>".formatted((number + 0.3) * ROW + 6,
                colour.isEmpty() ? "" : " fill=\"" + colour + "\""));
        var match = STYLE.matcher(text);
        var from = 0;
        var open = false;
        while (match.find()) {
            svg.append(escaped(text.substring(from, match.start()))).append(open ? "</tspan>" : "");
            open = !match.group(1).matches("0?");
            if (open) {
                svg.append("<tspan").append(attributes(match.group(1))).append('>');
            }
            from = match.end();
        }
        svg.append(escaped(text.substring(from))).append(open ? "</tspan>" : "").append("</text>\n");
    }

    private static String attributes(String codes) {
        var attributes = new StringBuilder();
        for (var code : codes.split(";")) {
            attributes.append(switch (code) {
                case "1" -> " font-weight=\"bold\"";
                case "2" -> " fill=\"#8b919c\"";
                case "31", "91" -> " fill=\"#ff7b72\"";
                case "32", "92" -> " fill=\"#8fd18f\"";
                case "33", "93" -> " fill=\"#e3b341\"";
                case "34", "94", "36", "96" -> " fill=\"#79c0ff\"";
                case "35", "95" -> " fill=\"#d2a8ff\"";
                default -> "";
            });
        }
        return attributes.toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
