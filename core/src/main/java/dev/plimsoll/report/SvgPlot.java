package dev.plimsoll.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A plot of lines as inline SVG: no script, readable on a phone and on paper.
final class SvgPlot {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 260;
    private static final int LEFT = 64;
    private static final int RIGHT = 12;
    private static final int TOP = 22;
    private static final int BOTTOM = 44;
    private static final List<String> COLOURS = List.of("#1b6ca8", "#d1495b", "#2e8b57", "#8d6a9f", "#b8860b",
            "#444444");

    private final String title;
    private final String xName;
    private final String yName;
    private final List<Line> lines = new ArrayList<>();
    private boolean logarithmicX;
    private Optional<Double> topOfY = Optional.empty();

    /// @param points x and y
    private record Line(String name, List<double[]> points, boolean dashed) {}

    SvgPlot(String title, String xName, String yName) {
        this.title = title;
        this.xName = xName;
        this.yName = yName;
    }

    SvgPlot line(String name, List<double[]> points) {
        lines.add(new Line(name, List.copyOf(points), false));
        return this;
    }

    SvgPlot dashed(String name, List<double[]> points) {
        lines.add(new Line(name, List.copyOf(points), true));
        return this;
    }

    SvgPlot onLogarithmicX() {
        logarithmicX = true;
        return this;
    }

    /// Cuts the plot off above.
    SvgPlot upTo(double most) {
        topOfY = Optional.of(most);
        return this;
    }

    boolean isEmpty() {
        return lines.stream().allMatch(line -> line.points().size() < 2);
    }

    /// The plot with its title and legend.
    String figure() {
        var text = new StringBuilder(
                "<figure><figcaption>" + escape(title) + "</figcaption>\n<svg viewBox=\"0 0 " + WIDTH
                        + " " + HEIGHT + "\" role=\"img\" aria-label=\"" + escape(title) + "\">\n");
        var x = new Axis(lines.stream().flatMap(line -> line.points().stream()).mapToDouble(point -> scaleX(point[0]))
                .toArray(), false, logarithmicX);
        var y = new Axis(topOfY.map(top -> new double[]{0, top}).orElseGet(() -> lines.stream().flatMap(line -> line
                .points().stream()).mapToDouble(point -> point[1]).toArray()), true, false);
        grid(text, x, y);
        for (var at = 0; at < lines.size(); at++) {
            text.append(path(lines.get(at), COLOURS.get(at % COLOURS.size()), x, y));
        }
        text.append("</svg>\n<p class=\"legend\">");
        for (var at = 0; at < lines.size(); at++) {
            text.append("<span style=\"color:").append(COLOURS.get(at % COLOURS.size())).append("\">&#9644; ").append(
                    escape(lines.get(at).name())).append("</span> ");
        }
        return text.append("</p></figure>\n").toString();
    }

    private double scaleX(double value) {
        return logarithmicX ? Math.log10(Math.max(value, 1e-9)) : value;
    }

    private void grid(StringBuilder text, Axis x, Axis y) {
        for (var tick : y.ticks()) {
            var at = number(place(y, tick, HEIGHT - BOTTOM, TOP));
            text.append("<line class=\"grid\" x1=\"").append(LEFT).append("\" x2=\"").append(WIDTH - RIGHT).append(
                    "\" y1=\"").append(at).append("\" y2=\"").append(at).append("\"/><text x=\"").append(LEFT - 6)
                    .append("\" y=\"").append(at).append("\" class=\"y\">").append(y.label(tick)).append("</text>\n");
        }
        for (var tick : x.ticks()) {
            var at = number(place(x, tick, LEFT, WIDTH - RIGHT));
            text.append("<line class=\"grid\" x1=\"").append(at).append("\" x2=\"").append(at).append("\" y1=\"")
                    .append(
                            HEIGHT - BOTTOM)
                    .append("\" y2=\"").append(HEIGHT - BOTTOM + 4).append("\"/><text x=\"").append(at)
                    .append("\" y=\"").append(HEIGHT - BOTTOM + 17).append("\" class=\"x\">").append(x.label(tick))
                    .append("</text>\n");
        }
        text.append("<text x=\"").append((LEFT + WIDTH - RIGHT) / 2).append("\" y=\"").append(HEIGHT - 6).append(
                "\" class=\"x\">").append(escape(xName)).append("</text>\n<text x=\"4\" y=\"10\" class=\"name\">")
                .append(escape(yName)).append("</text>\n");
    }

    private String path(Line line, String colour, Axis x, Axis y) {
        var text = new StringBuilder("<polyline fill=\"none\" stroke=\"" + colour + "\" stroke-width=\"1.8\"" + (line
                .dashed() ? " stroke-dasharray=\"5 4\"" : "") + " points=\"");
        line.points().forEach(point -> text.append(number(place(x, scaleX(point[0]), LEFT, WIDTH - RIGHT))).append(',')
                .append(number(place(y, Math.min(point[1], y.high()), HEIGHT - BOTTOM, TOP))).append(' '));
        return text.append("\"/>\n").toString();
    }

    private static double place(Axis axis, double value, int from, int to) {
        return from + (value - axis.low()) / (axis.high() - axis.low()) * (to - from);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    static String escape(String text) {
        return Marked.htmlText(Paragraph.printable(text));
    }

    /// @param low the smallest value shown
    private record Axis(double low, double high, double step, boolean logarithmic) {
        Axis(double[] values, boolean fromZero, boolean logarithmic) {
            this(fromZero ? 0 : min(values), max(values), logarithmic);
        }

        private Axis(double low, double high, boolean logarithmic) {
            this(low, high > low ? high : low + 1, step(low, high > low ? high : low + 1), logarithmic);
        }

        private static double min(double[] values) {
            return java.util.Arrays.stream(values).min().orElse(0);
        }

        private static double max(double[] values) {
            return java.util.Arrays.stream(values).max().orElse(1);
        }

        /// About five steps of 1, 2 or 5 times a power of ten.
        private static double step(double low, double high) {
            var rough = (high - low) / 5;
            var power = Math.pow(10, Math.floor(Math.log10(rough)));
            var digit = rough / power;
            return power * (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10);
        }

        List<Double> ticks() {
            var ticks = new ArrayList<Double>();
            for (var at = Math.ceil(low / step) * step; at <= high + step / 1e6; at += step) {
                ticks.add(at);
            }
            return ticks;
        }

        String label(double tick) {
            var value = logarithmic ? Math.pow(10, tick) : tick;
            return value >= 10_000
                    ? StressText.number(value / 1000) + "k"
                    : String.format(Locale.ROOT, value == Math.rint(value) || value >= 100 ? "%.0f" : "%.3g", value);
        }
    }
}
