package dev.plimsoll.kinds;

import dev.plimsoll.source.Located;
import dev.plimsoll.stack.Host;
import dev.plimsoll.stack.ShellWords;
import dev.plimsoll.stack.Stack;
import dev.plimsoll.units.MemorySize;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A Node.js service.
public final class NodeJs implements Kind {
    /// What Node 20 takes besides the old generation: measured 28 MB working set for a bare server.
    public static final MemorySize OUTSIDE = MemorySize.ofMegabytes(40);
    /// Share of what remains that the old generation may take; new space, buffers and code need the rest.
    private static final int OLD_SPACE_TENTHS = 7;
    /// A small application. Assumption.
    private static final MemorySize SMALL = MemorySize.ofMegabytes(192);
    /// Node's own bound is half the limit, and never below this.
    public static final MemorySize LEAST_DEFAULT_HEAP = MemorySize.ofMegabytes(259);

    private static final String MODEL = "measured on Node.js 20";
    private static final String MANUAL = "https://nodejs.org/api/cli.html#--max-old-space-sizesize-in-mib";
    private static final Pattern NAME = Pattern.compile("node|n8n|umami|ghostfolio|uptime-kuma|strapi.*|directus|ghost|"
            + "wekan|outline|langfuse.*|nocodb|budibase.*|typebot.*|flowise.*|cal\\.com|rocket\\.chat|homepage|"
            + "immich-server|actual-server|peertube|wiki|etherpad|plausible-ui|excalidraw.*|hedgedoc|formbricks|"
            + "documenso|docmost|linkwarden|activepieces|novu.*|twenty.*|trigger\\.dev|unleash-server|verdaccio|"
            + "mongo-express|bull-board|redis-commander|redisinsight|node-red|kibana|homeassistant-.*ui");
    private static final Pattern OTHER_LANGUAGES = Pattern.compile("iex|mix|elixir|erl|python[0-9.]*|ruby|bundle|rails|"
            + "java|php[0-9.]*|dotnet|cargo|go");
    private static final String[] PROGRAMS = {"node", "npm", "yarn", "pnpm", "next", "pm2", "pm2-runtime", "ts-node",
            "tsx", "nest", "bun", "n8n"};

    @Override
    public String id() {
        return "node";
    }

    @Override
    public Role role() {
        return Role.APP;
    }

    @Override
    public boolean recognises(Clues clues) {
        return clues.imageNameMatches(NAME) || clues.runs(PROGRAMS);
    }

    /// Applications of other languages build their pages with Node.js, and have its variables too.
    @Override
    public boolean suspects(Clues clues) {
        return (clues.has("NODE_ENV") || clues.has("NODE_OPTIONS")) && clues.invocations().stream().noneMatch(
                run -> OTHER_LANGUAGES.matcher(run.program()).matches());
    }

    @Override
    public Settings settings(Stack stack, Clues clues) {
        var settings = new Settings.Builder();
        clues.service().variable("NODE_OPTIONS").ifPresent(options -> ShellWords.split(options.value())
                .orElse(List.of()).forEach(word -> heap(options.map(_ -> word), settings,
                        Setting.Origin.ENVIRONMENT)));
        clues.invocations().forEach(run -> run.arguments().forEach(word -> heap(word, settings,
                Setting.Origin.FLAG)));
        return settings.build();
    }

    private static void heap(Located<String> word, Settings.Builder settings, Setting.Origin origin) {
        var text = word.value().replace('_', '-');
        if (text.startsWith("--max-old-space-size=")) {
            settings.set("max-old-space-size", text.substring(text.indexOf('=') + 1), word.where(), origin);
        }
    }

    /// The old generation's bound as configured, which counts in MB.
    public static Optional<MemorySize> oldSpace(Recognised service) {
        return service.settings().integer("max-old-space-size").filter(size -> size > 0)
                .map(MemorySize::ofMegabytes);
    }

    @Override
    public Optional<String> builtIn(Recognised service, String setting) {
        return Optional.of(String.valueOf(LEAST_DEFAULT_HEAP.megabytes())).filter(_ -> setting.equals(
                "--max-old-space-size") && oldSpace(service).isEmpty());
    }

    @Override
    public Demand demand(Recognised service, Host host) {
        var floor = Amount.of(new Term("bare server", MemorySize.ofMegabytes(28), "", MODEL));
        return oldSpace(service)
                .map(heap -> Demand.bounded(floor, Amount.of(new Term("heap", heap.times(0.5), "half of "
                        + heap, MODEL), new Term("outside the heap", OUTSIDE, "", MODEL)), ceiling(heap)))
                .orElse(Demand.unbounded(floor, Amount.of(new Term("application", MemorySize.ofMegabytes(180), "",
                        SimpleKind.ASSUMPTION)), "180 MB for a Node.js application"));
    }

    /// The largest old generation with which the process stays within a limit.
    public static MemorySize fittingHeap(MemorySize limit) {
        return limit.minus(OUTSIDE).times((long) OLD_SPACE_TENTHS).dividedBy(10)
                .roundedDownTo(MemorySize.ofMegabytes(1));
    }

    static Amount ceiling(MemorySize oldSpace) {
        return Amount.of(new Term("old generation", oldSpace, "--max-old-space-size", MANUAL),
                new Term("new space and buffers", oldSpace.times(10L - OLD_SPACE_TENTHS).dividedBy(OLD_SPACE_TENTHS),
                        "three sevenths of it",
                        MODEL),
                new Term("outside the heap", OUTSIDE, "", MODEL));
    }

    @Override
    public Sizing sizing(Recognised service, Host host) {
        var least = oldSpace(service).map(heap -> ceiling(heap).total().roundedUpTo(MemorySize.ofMegabytes(16)));
        return least.map(chosen -> new NodeSizing(chosen, chosen)).orElseGet(() -> new NodeSizing(SMALL, Unknown
                .assumedFrom(service).orElse(SMALL)));
    }

    /// @param least the limit that keeps the heap the user chose, or that of a small application
    /// @param expected by whoever set a limit and no heap
    record NodeSizing(MemorySize least, MemorySize expected) implements Sizing {
        @Override
        public MemorySize assumed(int level) {
            return least.max(expected);
        }

        @Override
        public MemorySize minimum(int level) {
            return least;
        }

        @Override
        public MemorySize useful(int level) {
            return least.times(4).max(MemorySize.ofGigabytes(1));
        }

        @Override
        public Allotment at(MemorySize limit, int level) {
            var heap = fittingHeap(limit);
            return new Allotment(List.of(new Choice("--max-old-space-size", String.valueOf(heap.megabytes()),
                    "0.7 × (limit " + limit + " - 40 MB), in MB", MANUAL, "the limit")), Optional.of(ceiling(heap)),
                    heap.times(0.5).plus(OUTSIDE).min(limit));
        }

        @Override
        public double weight() {
            return 2;
        }
    }
}
