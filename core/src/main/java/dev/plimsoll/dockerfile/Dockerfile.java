package dev.plimsoll.dockerfile;

import dev.plimsoll.source.Located;
import dev.plimsoll.stack.BuiltImage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Follows the stages of a Dockerfile to the one that becomes the image.
final class Dockerfile {
    /// More than people write: of 178 in public projects the longest has 78 KB, and none more than nine stages. They
    /// bound what a text made to be slow can cost, as a stage may begin with a copy of the one before.
    private static final int MOST_CHARACTERS = 200_000;
    private static final int MOST_STAGES = 100;

    private final BuildContext context;
    private final List<Stage> stages = new ArrayList<>();
    private final List<String> named = new ArrayList<>();
    private final Map<String, Stage> byName = new HashMap<>();

    private Dockerfile(BuildContext context) {
        this.context = context;
    }

    /// The image of a stage; of the last one when none is named. Empty when there is no such stage.
    ///
    /// @param foreign names that do not mean a stage or an image of that name, as something else is given for them
    static Optional<BuiltImage> image(BuildContext context, String text, Optional<String> target,
            List<String> foreign) {
        if (text.length() > MOST_CHARACTERS) {
            return Optional.empty();
        }
        var dockerfile = new Dockerfile(context);
        var instructions = DockerfileLines.read(text);
        if (instructions.stream().filter(instruction -> instruction.keyword().equals("FROM")).count() > MOST_STAGES) {
            return Optional.empty();
        }
        instructions.forEach(instruction -> dockerfile.apply(instruction, foreign));
        return dockerfile.stage(target).map(stage -> stage.image(dockerfile.named));
    }

    private Optional<Stage> stage(Optional<String> target) {
        if (target.isEmpty()) {
            return stages.isEmpty() ? Optional.empty() : Optional.of(stages.getLast());
        }
        var name = target.get().toLowerCase(Locale.ROOT);
        return Optional.ofNullable(byName.get(name)).or(() -> name.matches("\\d{1,4}")
                && Integer.parseInt(name) < stages.size()
                        ? Optional.of(stages.get(Integer.parseInt(name)))
                        : Optional.empty());
    }

    private void apply(Instruction instruction, List<String> foreign) {
        if (instruction.keyword().equals("FROM")) {
            from(instruction, foreign);
        } else if (!stages.isEmpty()) {
            stages.getLast().apply(instruction);
        } else if (instruction.keyword().equals("ARG")) {
            for (var word : globals().split(instruction.arguments())) {
                var name = word.split("=", 2)[0];
                var fallback = word.contains("=")
                        ? globals().expand(word.substring(name.length() + 1))
                        : Optional.<String>empty();
                context.globalArgument(name, context.argument(name).or(() -> fallback));
            }
        }
    }

    private Words globals() {
        return new Words(context.escape(), context::globalArgument);
    }

    private void from(Instruction instruction, List<String> foreign) {
        var words = globals().split(Stage.withoutFlags(instruction.arguments()));
        var name = words.isEmpty() ? Optional.<String>empty() : globals().expand(words.getFirst());
        var known = name.filter(text -> !text.isBlank() && !text.endsWith(":") && !foreign.contains(text));
        known.ifPresent(named::add);
        var earlier = known.map(text -> byName.get(text.toLowerCase(Locale.ROOT)));
        var stage = earlier.map(found -> new Stage(context, found)).orElseGet(() -> new Stage(context, known.filter(
                text -> !text.equals("scratch")).map(text -> new Located<>(text, context.where(instruction)))));
        stages.add(stage);
        if (words.size() > 2 && words.get(1).equalsIgnoreCase("as")) {
            byName.put(words.get(2).toLowerCase(Locale.ROOT), stage);
        }
    }
}
