package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.stack.Image;
import java.util.stream.Collectors;
import java.util.stream.Stream;

public final class FloatingImageTag implements Rule {
    @Override
    public About about() {
        return new About("REL012", "floating-image-tag", Severity.MEDIUM, Confidence.CERTAIN,
                "Images without a fixed version.",
                "`latest`, `stable`, a branch name or no tag at all mean another image after the next pull: a new "
                        + "major of a database refuses the old data, and there is no way back to what ran yesterday.",
                "Name a version, such as `postgres:17.6`, or a digest.",
                "https://docs.docker.com/build/building/best-practices/#pin-base-image-versions");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        var floating = inventory.running()
                .filter(service -> !service.service().isBuilt() && service.service().built().isEmpty())
                .filter(service -> service.service().imageReference()
                        .filter(image -> image.isWellFormed() && image.isFloating()).isPresent())
                .toList();
        if (floating.isEmpty()) {
            return Stream.empty();
        }
        var list = floating.stream().map(service -> service.name() + " ("
                + service.service().imageReference().map(Image::reference).orElse("") + ")")
                .collect(Collectors.joining(", "));
        var first = floating.getFirst().service();
        return Stream.of(Grouped.finding(this, Severity.MEDIUM, floating,
                first.image().map(image -> Written.origin(inventory.stack(), image)).orElse(first.where()),
                "Images that change under the same name: " + list, "Name a version or a digest"));
    }
}
