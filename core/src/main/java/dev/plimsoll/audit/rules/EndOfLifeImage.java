package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.Postgres;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.source.Located;
import dev.plimsoll.source.Location;
import dev.plimsoll.stack.BuiltImage;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

public final class EndOfLifeImage implements Rule {
    private static final Pattern VERSION = Pattern.compile("v?(\\d{1,4})(?:\\.(\\d{1,3}))?(?:[.\\-_].*)?");

    /// Whose images have the product's own version as their tag.
    private static final Pattern PUBLISHERS = Pattern
            .compile("|.*library/|bitnami(?:legacy)?/|docker\\.elastic\\.co/.*|"
                    + "mcr\\.microsoft\\.com/dotnet/.*");

    /// Versions from `from` up to and including `to` ended; `recent` when that was in the last half year.
    private record End(String image, String product, int from, int to, String when, boolean recent) {}

    /// Versions as major * 1000 + minor, so that 8.4 is 8004.
    private static final List<End> ENDED = List.of(
            new End("postgres", "PostgreSQL", 9_000, 13_999, "2025-11", false),
            new End("postgres", "PostgreSQL", 14_000, 14_999, "2026-11", true),
            new End("mysql", "MySQL", 5_000, 5_999, "2023-10", false),
            new End("mysql", "MySQL", 8_000, 8_000, "2026-04", false),
            new End("mariadb", "MariaDB", 5_000, 10_005, "2025-06", false),
            new End("mariadb", "MariaDB", 10_006, 10_006, "2026-07", true),
            new End("redis", "Redis", 2_000, 6_999, "2025", false),
            new End("mongo", "MongoDB", 2_000, 6_999, "2025-07", false),
            new End("dotnet", ".NET", 1_000, 7_999, "2024-11", false),
            new End("dotnet", ".NET", 8_000, 9_999, "2026-11", true),
            new End("node", "Node.js", 4_000, 19_999, "2025-04", false),
            new End("node", "Node.js", 20_000, 21_999, "2026-04", false),
            new End("node", "Node.js", 23_000, 23_999, "2025-06", false),
            new End("python", "Python", 2_000, 3_009, "2025-10", false),
            new End("php", "PHP", 5_000, 8_001, "2025-12", false),
            new End("elasticsearch", "Elasticsearch", 1_000, 7_999, "2026-01", false),
            new End("kibana", "Kibana", 4_000, 7_999, "2026-01", false),
            new End("logstash", "Logstash", 1_000, 7_999, "2026-01", false));

    @Override
    public About about() {
        return new About("REL013", "end-of-life-image", Severity.MEDIUM, Confidence.LIKELY,
                "An image's major version gets no fixes any more.",
                "Known holes stay open, and the step to a supported version grows with every year. Low when support "
                        + "ended within the last half year.",
                "Move to a supported major; databases need a dump and restore or their own upgrade tool.",
                "https://endoflife.date");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        // Services that are built from one Dockerfile share its line.
        var places = new HashSet<Location>();
        return inventory.running().flatMap(service -> named(service).flatMap(image -> ended(service)
                .filter(_ -> places.add(image.where()))
                .map(end -> finding(service, end.recent() ? Severity.LOW : Severity.MEDIUM, image.where(), image.value()
                        + ": " + end.product() + " of this version reached its end of life by " + end.when(),
                        "Move to a supported version of " + end.product())))
                .stream());
    }

    /// The image that the Compose file names, or the Dockerfile's base.
    private static Optional<Located<String>> named(Recognised service) {
        return service.service().isBuilt()
                ? service.service().built().flatMap(BuiltImage::base)
                : service.service().image();
    }

    private static Optional<End> ended(Recognised service) {
        if (service.is("postgres")) {
            return Postgres.major(service.clues()).filter(major -> major >= 9)
                    .flatMap(major -> find("postgres", major * 1_000));
        }
        return service.clues().image().filter(image -> PUBLISHERS.matcher(image.repository().substring(0,
                image.repository().length() - image.name().length())).matches())
                .flatMap(image -> image.tag().flatMap(tag -> {
                    var match = VERSION.matcher(tag);
                    if (!match.matches()) {
                        return Optional.empty();
                    }
                    var name = image.repository().contains("/dotnet/") ? "dotnet" : image.name();
                    var minor = Optional.ofNullable(match.group(2)).map(Integer::parseInt);
                    var needsMinor = name.equals("mariadb") || name.equals("python") || name.equals("php");
                    var major = Integer.parseInt(match.group(1));
                    if (minor.isEmpty() && needsMinor && (major == 3 || major == 8 || major == 10)) {
                        return Optional.empty();
                    }
                    return find(name, major * 1_000 + minor.orElse(name.equals("mysql") ? 4 : 0));
                }));
    }

    private static Optional<End> find(String image, int version) {
        return ENDED.stream().filter(end -> end.image().equals(image) && end.from() <= version && version <= end.to())
                .findFirst();
    }
}
