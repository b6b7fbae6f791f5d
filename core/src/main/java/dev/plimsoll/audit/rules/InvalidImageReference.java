package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.Recognised;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
        var byText = new LinkedHashMap<String, List<Recognised>>();
        inventory.running().filter(service -> service.service().imageReference()
                .filter(image -> !image.isWellFormed()).isPresent())
                .forEach(service -> byText.computeIfAbsent(service.service().image().orElseThrow().value(),
                        _ -> new ArrayList<>()).add(service));
        return byText.entrySet().stream().map(entry -> Grouped.finding(this, Severity.HIGH, entry.getValue(),
                entry.getValue().getFirst().service().where("image"),
                "`" + entry.getKey() + "` is no image reference; used by " + Grouped.names(entry.getValue()),
                "Write registry/name:tag, or set the variable it comes from"));
    }
}
