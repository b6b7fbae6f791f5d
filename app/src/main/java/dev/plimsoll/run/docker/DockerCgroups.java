package dev.plimsoll.run.docker;

import dev.plimsoll.observe.CgroupFiles;
import dev.plimsoll.observe.CgroupPlace;
import dev.plimsoll.observe.CgroupReading;
import dev.plimsoll.run.CgroupFinder;
import dev.plimsoll.run.Shell;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The cgroups of containers: read from this machine's files when the engine runs here, else through the container.
record DockerCgroups(Shell shell, CgroupFinder finder) {
    /// Prints each readable file after a line that names it.
    private static final String PRINT_ALL = "for f; do [ -r \"$f\" ] && echo \"==> $f\" && cat \"$f\"; done; true";

    Optional<CgroupReading> reading(Inspected container) {
        return isHere(container) ? finder.reading(container.pid()) : inside(container.container().id());
    }

    /// Whether the container's process is one of this machine: the kernel's path then names the container.
    boolean isHere(Inspected container) {
        return container.pid() > 0 && finder.cgroup(container.pid())
                .filter(cgroup -> cgroup.contains(container.container().id())).isPresent();
    }

    private Optional<CgroupReading> inside(String id) {
        var places = List.of(CgroupPlace.IN_CONTAINER_V2, CgroupPlace.IN_CONTAINER_V1);
        var words = new ArrayList<>(List.of("sh", "-c", PRINT_ALL, "sh"));
        places.forEach(place -> words.addAll(place.files()));
        var answer = shell.run(Docker.exec(id, Map.of(), words));
        var texts = texts(answer.out());
        return answer.succeeded()
                ? places.stream().flatMap(place -> CgroupFiles.reading(place, texts).stream()).findFirst()
                : Optional.empty();
    }

    private static Map<String, String> texts(String output) {
        var texts = new LinkedHashMap<String, String>();
        var path = "";
        for (var line : output.lines().toList()) {
            if (line.startsWith("==> ")) {
                path = line.substring("==> ".length());
            } else {
                texts.merge(path, line + "\n", String::concat);
            }
        }
        return texts;
    }
}
