package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.source.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

public final class InvalidImageReference implements Rule {
    @Override
    public About about() {
        return new About("REL014", "invalid-image-reference", Severity.HIGH, Confidence.CERTAIN,
                "An image name that no engine accepts.",
                "`up` stops with \"invalid reference format\" before anything starts. Often a variable without a value "
                        + "left an empty tag, or a placeholder of the documentation was kept.",
                "Write registry/name:tag, with the name in lower case, or set the variable it comes from.",
                "https://pkg.go.dev/github.com/distribution/reference");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        var byPlace = new TreeMap<Location, List<Recognised>>();
        inventory.running().filter(service -> service.service().imageReference()
                .filter(image -> !image.isWellFormed()).isPresent())
                .forEach(service -> byPlace.computeIfAbsent(service.service().image().orElseThrow().where(),
                        _ -> new ArrayList<>()).add(service));
        return byPlace.entrySet().stream().map(entry -> Grouped.finding(this, Severity.HIGH, entry.getValue(),
                entry.getKey(), "`" + entry.getValue().getFirst().service().image().orElseThrow().value()
                        + "` is no image reference; used by " + Grouped.names(entry.getValue()),
                "Write registry/name:tag, or set the variable it comes from"));
    }
}
