package dev.plimsoll.compose;

import dev.plimsoll.source.InputException;
import dev.plimsoll.yaml.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Published ports in short form: `[ip:][published[-to]:]target[-to][/protocol]`.
final class Ports {
    private static final Pattern SHORT = Pattern.compile("(?:(?<ip>\\[[0-9a-fA-F:.%]+]|[^:/]*):)??"
            + "(?:(?<published>[^:/]*):)?(?<target>[^:/]+)(?:/(?<protocol>[a-zA-Z]+))?");
    private static final int HIGHEST = 65_535;

    private Ports() {}

    /// One item of `ports:` as long forms; a range of targets becomes one item a port.
    static List<Node.Mapping> parse(Node item) {
        if (item instanceof Node.Mapping mapping) {
            return List.of(mapping);
        }
        var scalar = (Node.Scalar) item;
        var match = SHORT.matcher(scalar.text().strip());
        if (!match.matches()) {
            throw invalid(scalar);
        }
        var published = match.group("published");
        var ip = match.group("ip");
        var target = range(match.group("target"), scalar);
        var source = published == null || published.isEmpty() ? null : range(published, scalar);
        var count = target[1] - target[0] + 1;
        if (source != null && count > 1 && source[1] - source[0] + 1 != count) {
            throw invalid(scalar);
        }
        var ports = new ArrayList<Node.Mapping>();
        for (var at = 0; at < count; at++) {
            var fields = new LinkedHashMap<String, Node>();
            if (ip != null && !ip.isEmpty()) {
                fields.put("host_ip", scalar.withText(ip.replace("[", "").replace("]", "")));
            }
            fields.put("target", new Node.Scalar(String.valueOf(target[0] + at), Node.Scalar.Type.INT,
                    scalar.where()));
            if (source != null) {
                var text = count > 1 || source[0] == source[1]
                        ? String.valueOf(source[0] + at)
                        : source[0] + "-" + source[1];
                fields.put("published", Node.Scalar.string(text, scalar.where()));
            }
            fields.put("protocol", Node.Scalar.string(protocol(match.group("protocol")), scalar.where()));
            fields.put("mode", Node.Scalar.string("ingress", scalar.where()));
            ports.add(new Node.Mapping(fields, Map.of(), scalar.where()));
        }
        return ports;
    }

    private static String protocol(String written) {
        return written == null ? "tcp" : written.toLowerCase(java.util.Locale.ROOT);
    }

    private static int[] range(String text, Node.Scalar where) {
        var ends = text.split("-", -1);
        try {
            var from = Integer.parseInt(ends[0]);
            var to = ends.length > 1 ? Integer.parseInt(ends[1]) : from;
            if (ends.length > 2 || from < 0 || to < from || to > HIGHEST) {
                throw invalid(where);
            }
            return new int[]{from, to};
        } catch (NumberFormatException notANumber) {
            throw invalid(where);
        }
    }

    private static InputException invalid(Node.Scalar scalar) {
        return new InputException(scalar.where(), "`" + scalar.text() + "` is no port",
                "Write [address:][host port:]container port[/protocol], ports from 0 to 65535, an IPv6 address in []");
    }
}
