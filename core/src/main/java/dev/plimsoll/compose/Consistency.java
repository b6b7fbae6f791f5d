package dev.plimsoll.compose;

import dev.plimsoll.source.Location;
import dev.plimsoll.source.Problem;
import dev.plimsoll.stack.Mount;
import dev.plimsoll.stack.Service;
import dev.plimsoll.stack.Stack;
import dev.plimsoll.units.MemoryDialect;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What Compose refuses although every value has the right form: names that nothing defines, contradictions, circles.
final class Consistency {
    private final Stack stack;
    private final List<Problem> problems = new ArrayList<>();

    private Consistency(Stack stack) {
        this.stack = stack;
    }

    static List<Problem> problems(Stack stack) {
        var check = new Consistency(stack);
        stack.services().values().forEach(check::check);
        var done = new LinkedHashSet<String>();
        stack.services().values().forEach(service -> check.findCircle(service, new LinkedHashSet<>(), done));
        return check.problems;
    }

    private void check(Service service) {
        var name = "service `" + service.name() + "`";
        if (service.image().isEmpty() && !service.isBuilt() && !service.definition().entries().containsKey("provider")
                && stack.missing().isEmpty()) {
            refuse(service.where(), name + " has neither `image` nor `build`", "Add one of the two");
        }
        for (var dependency : service.dependencies()) {
            if (dependency.required() && !stack.services().containsKey(dependency.service())) {
                var inactive = stack.inactive().containsKey(dependency.service());
                refuse(dependency.where(), name + " depends on `" + dependency.service() + "`, which "
                        + (inactive ? "no active profile starts" : "no file defines"),
                        inactive
                                ? "Activate its profile with --profile, or set `required: false`"
                                : "Correct the name or define the service");
            }
        }
        for (var mount : service.mounts()) {
            mount.source().filter(source -> mount.type() == Mount.Type.VOLUME
                    && !stack.volumes().containsKey(source))
                    .ifPresent(source -> undefined(mount.where(), name, "volume", source));
        }
        for (var file : service.files()) {
            if (!(file.secret() ? stack.secrets() : stack.configs()).containsKey(file.source())) {
                undefined(file.where(), name, file.secret() ? "secret" : "config", file.source());
            }
        }
        service.mapping("networks").ifPresent(networks -> {
            networks.entries().keySet().stream()
                    .filter(network -> !network.equals("default") && !stack.networks().entries().containsKey(network))
                    .forEach(network -> undefined(networks.keyLocation(network), name, "network", network));
            if (!networks.entries().isEmpty() && service.networkMode().isPresent()) {
                refuse(service.where("network_mode"), name + " sets both `network_mode` and `networks`",
                        "Keep one of the two");
            }
        });
        if (service.definition().get("container_name").isPresent() && service.replicas() > 1) {
            refuse(service.where("container_name"), name + " has a `container_name` and " + service.replicas()
                    + " replicas, and a name can be given only once", "Remove `container_name`");
        }
        service.healthcheck().filter(check -> !check.test().isEmpty()
                && !List.of("CMD", "CMD-SHELL", "NONE").contains(check.test().getFirst())).ifPresent(check -> refuse(
                        check.where(), name + " has a healthcheck whose test starts with `" + check.test().getFirst()
                                + "`",
                        "Start the list with CMD, CMD-SHELL or NONE"));
        distinct(service, name, List.of("mem_limit"), List.of("deploy", "resources", "limits", "memory"));
        distinct(service, name, List.of("mem_reservation"), List.of("deploy", "resources", "reservations", "memory"));
        distinct(service, name, List.of("cpus"), List.of("deploy", "resources", "limits", "cpus"));
        distinct(service, name, List.of("pids_limit"), List.of("deploy", "resources", "limits", "pids"));
        distinct(service, name, List.of("scale"), List.of("deploy", "replicas"));
    }

    private void distinct(Service service, String name, List<String> one, List<String> other) {
        var first = service.text(one.toArray(String[]::new));
        var second = service.text(other.toArray(String[]::new));
        var parent = other.subList(0, other.size() - 1);
        var isNamed = parent.size() > 1 && service.mapping(parent.toArray(String[]::new)).isPresent();
        if (first.isEmpty() || second.isEmpty() && !isNamed) {
            return;
        }
        if (second.isEmpty()) {
            refuse(first.get().where(), name + " sets `" + String.join(".", one) + "` and has `"
                    + String.join(".", parent) + "` without it", "Set `" + String.join(".", other) + "` instead");
        } else if (!same(first.get().value(), second.get().value())) {
            refuse(first.get().where(), name + " sets `" + String.join(".", one) + "` to " + first.get().value()
                    + " and `" + String.join(".", other) + "` to " + second.get().value(), "Keep one of the two");
        }
    }

    private static boolean same(String one, String other) {
        var first = MemoryDialect.COMPOSE.parse(one);
        return one.equals(other)
                || first.isPresent() && first.equals(MemoryDialect.COMPOSE.parse(other));
    }

    private void findCircle(Service service, Set<String> path, Set<String> done) {
        if (done.contains(service.name())) {
            return;
        }
        if (!path.add(service.name())) {
            refuse(service.where(), "the services " + String.join(" -> ", path) + " -> " + service.name()
                    + " depend on each other", "Remove one of these dependencies");
            done.addAll(path);
            return;
        }
        for (var dependency : service.dependencies()) {
            var next = stack.services().get(dependency.service());
            if (next != null) {
                findCircle(next, path, done);
            }
        }
        path.remove(service.name());
        done.add(service.name());
    }

    private void undefined(Location where, String name, String what, String value) {
        refuse(where, name + " refers to the " + what + " `" + value + "`, which no file defines",
                "Add it below `" + what + "s:`");
    }

    private void refuse(Location where, String what, String remedy) {
        problems.add(new Problem(where, what, remedy));
    }
}
