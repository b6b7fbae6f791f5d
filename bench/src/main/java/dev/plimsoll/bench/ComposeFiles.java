package dev.plimsoll.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Where Compose files are.
final class ComposeFiles {
    private static final Pattern NAME = Pattern.compile("(docker-)?compose([.-].*)?\\.ya?ml");

    private ComposeFiles() {}

    /// The named files, and those below named directories that have the name of a Compose file, sorted.
    static List<String> in(List<Path> places) throws IOException {
        var found = new ArrayList<String>();
        for (var place : places) {
            if (!Files.isDirectory(place)) {
                found.add(place.toString());
                continue;
            }
            try (var below = Files.walk(place)) {
                below.filter(Files::isRegularFile).filter(ComposeFiles::isOne).map(Path::toString).sorted()
                        .forEach(found::add);
            }
        }
        return List.copyOf(found);
    }

    private static boolean isOne(Path file) {
        return NAME.matcher(String.valueOf(file.getFileName())).matches();
    }
}
