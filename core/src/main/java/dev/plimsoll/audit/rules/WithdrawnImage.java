package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.source.Located;
import dev.plimsoll.stack.BuiltImage;
import dev.plimsoll.stack.Image;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Bitnami's images on Docker Hub, of which versions were moved in 2025.
public final class WithdrawnImage implements Rule {
    private static final String LEFT = "bitnami/";
    private static final String WHERE_TO = "bitnamilegacy/";

    @Override
    public About about() {
        return new About("REL029", "withdrawn-image", Severity.MEDIUM, Confidence.LIKELY,
                "An image's versions were taken off its registry.",
                "A server that has a copy goes on; a new one, or one that was cleaned, cannot pull it. What was moved "
                        + "to bitnamilegacy gets no fixes any more.",
                "Take the copy in bitnamilegacy for now, and move to an image that is maintained.",
                "https://github.com/bitnami/containers/issues/83267");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        var byImage = new LinkedHashMap<String, List<Recognised>>();
        inventory.running().forEach(service -> named(service).filter(image -> isWithdrawn(Image.of(image.value())))
                .ifPresent(image -> byImage.computeIfAbsent(image.value(), _ -> new ArrayList<>()).add(service)));
        return byImage.entrySet().stream().map(entry -> {
            var image = Image.of(entry.getKey());
            var first = named(entry.getValue().getFirst()).orElseThrow();
            return Grouped.finding(this, Severity.MEDIUM, entry.getValue(), first.where(), entry.getKey()
                    + " was taken off Docker Hub in 2025, so it cannot be pulled (" + Grouped.names(entry.getValue())
                    + ")",
                    "Use " + WHERE_TO + image.name() + image.tag().map(tag -> ":" + tag).orElse("")
                            + " for now, and move to an image that is maintained");
        });
    }

    /// The image that the Compose file names, or the Dockerfile's base.
    private static Optional<Located<String>> named(Recognised service) {
        return service.service().isBuilt()
                ? service.service().built().flatMap(BuiltImage::base)
                : service.service().image();
    }

    /// Some images still have the tag `latest`, and the base of them all its own.
    private static boolean isWithdrawn(Image image) {
        return image.repository().startsWith(LEFT) && !image.repository().endsWith("/minideb")
                && image.tag().filter(tag -> !tag.equals("latest")).isPresent();
    }
}
