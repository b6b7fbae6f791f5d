package dev.plimsoll.load;

import dev.plimsoll.load.Template.Part;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// Picks the next request by weight and writes it out. What never changes is written once.
final class Composer {
    /// Values that are kept for each variable; the oldest goes first.
    private static final int KEPT_VALUES = 100;

    private final Endpoint endpoint;
    private final Traffic traffic;
    private final SplittableRandom random;
    private final List<Optional<Composed>> fixed = new ArrayList<>();
    private final Map<String, ArrayDeque<String>> values = new ConcurrentHashMap<>();
    private final Map<String, Long> rows = new HashMap<>();
    private long counted;

    /// One request, ready to be written.
    ///
    /// @param number its place in the traffic
    @SuppressWarnings("ArrayRecordComponent") // Written once and never changed; a copy for each request would cost.
    record Composed(int number, Request request, byte[] bytes) {
        boolean isToHead() {
            return request.method().equals("HEAD");
        }
    }

    /// @param seed the same seed gives the same requests in the same order
    Composer(Endpoint endpoint, Traffic traffic, long seed) {
        this.endpoint = endpoint;
        this.traffic = traffic;
        random = new SplittableRandom(seed);
        for (var request : traffic.requests()) {
            fixed.add(request.templates().stream().allMatch(Template::isFixed)
                    ? Optional.of(new Composed(fixed.size(), request, bytes(request)))
                    : Optional.empty());
        }
        // The first value loads a JSON parser's classes, which must not happen while answers wait to be read.
        traffic.requests().forEach(request -> request.extractions().forEach(extraction -> extraction.from("{}")));
    }

    /// The next request. One that lacks a value that no answer has given yet is passed over.
    synchronized Composed next() {
        if (traffic.requests().size() == 1) {
            return composed(0);
        }
        var possible = traffic.requests().stream().filter(this::hasValues).toList();
        var among = possible.isEmpty() ? traffic.requests() : possible;
        var chosen = among.getFirst();
        if (among.size() > 1) {
            var at = random.nextInt(among.stream().mapToInt(Request::weight).sum());
            for (var request : among) {
                at -= request.weight();
                if (at < 0) {
                    chosen = request;
                    break;
                }
            }
        }
        return composed(traffic.requests().indexOf(chosen));
    }

    private Composed composed(int number) {
        return fixed.get(number).orElseGet(() -> {
            var request = traffic.requests().get(number);
            return new Composed(number, request, bytes(request));
        });
    }

    private boolean hasValues(Request request) {
        return request.needs().stream().allMatch(values::containsKey);
    }

    /// Keeps what an answer holds for later requests; false when something was not there.
    boolean learn(Request request, String body) {
        var all = true;
        for (var extraction : request.extractions()) {
            var value = extraction.from(body);
            value.ifPresent(text -> keep(extraction.variable(), text));
            all &= value.isPresent();
        }
        return all;
    }

    private synchronized void keep(String variable, String text) {
        var kept = values.computeIfAbsent(variable, _ -> new ArrayDeque<>());
        if (kept.size() == KEPT_VALUES) {
            kept.removeFirst();
        }
        kept.addLast(text);
    }

    private byte[] bytes(Request request) {
        var row = new HashMap<String, Long>();
        var body = request.body().map(template -> fill(template, row).getBytes(StandardCharsets.UTF_8));
        var head = new StringBuilder(request.method()).append(' ').append(fill(request.path(), row).replace(" ",
                "%20")).append(" HTTP/1.1\r\n");
        if (request.headers().keySet().stream().noneMatch(name -> name.equalsIgnoreCase("host"))) {
            head.append("Host: ").append(endpoint.authority()).append("\r\n");
        }
        request.headers().forEach((name, value) -> head.append(name).append(": ").append(fill(value, row).replaceAll(
                "[\r\n]", " ")).append("\r\n"));
        body.ifPresent(bytes -> head.append("Content-Length: ").append(bytes.length).append("\r\n"));
        var start = head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
        var whole = java.util.Arrays.copyOf(start, start.length + body.map(bytes -> bytes.length).orElse(0));
        body.ifPresent(bytes -> System.arraycopy(bytes, 0, whole, start.length, bytes.length));
        return whole;
    }

    /// @param row the rows given to this request so far, by table
    private String fill(Template template, Map<String, Long> row) {
        return template.fill(part -> switch (part) {
            case Part.Literal(String text) -> text;
            case Part.Uuid() -> new UUID(random.nextLong() & ~0xF000L | 0x4000L, random.nextLong() >>> 2
                    | 0x8000000000000000L).toString();
            case Part.Count() -> String.valueOf(++counted);
            case Part.WholeNumber(long low, long high) -> String.valueOf(random.nextLong(low, high + 1));
            case Part.Cell(String table, String column) -> Optional.ofNullable(traffic.tables().get(table))
                    .map(found -> found.cell(row.computeIfAbsent(table, name -> rows.merge(name, 1L, Long::sum) - 1),
                            column))
                    .orElse("");
            case Part.Variable(String name) -> Optional.ofNullable(values.get(name)).map(kept -> kept.stream().skip(
                    random.nextInt(kept.size())).findFirst().orElse("")).orElse("");
        });
    }
}
