package dev.plimsoll.report;

/// Text broken into lines of a given width.
final class Wrap {
    private Wrap() {}

    /// `text` behind `head`; further lines are indented by four blanks more than the head starts with.
    static String text(String head, String text, int width) {
        var indent = " ".repeat(head.length() - head.stripLeading().length() + 4);
        var out = new StringBuilder();
        var line = new StringBuilder(head);
        var empty = true;
        for (var word : text.split(" ")) {
            if (!empty && line.length() + 1 + word.length() > width) {
                out.append(line.toString().stripTrailing()).append('\n');
                line = new StringBuilder(indent).append(word);
            } else {
                line.append(empty ? "" : " ").append(word);
            }
            empty = false;
        }
        return out.append(line.toString().stripTrailing()).append('\n').toString();
    }
}
