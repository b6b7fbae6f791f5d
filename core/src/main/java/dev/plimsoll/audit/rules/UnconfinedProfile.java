package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.yaml.Node;
import java.util.regex.Pattern;
import java.util.stream.Stream;

public final class UnconfinedProfile implements Rule {
    private static final Pattern OFF = Pattern.compile("(?:seccomp|apparmor)[:=]unconfined");

    @Override
    public About about() {
        return new About("SEC011", "unconfined-profile", Severity.MEDIUM, Confidence.CERTAIN,
                "A container runs without the engine's seccomp or AppArmor profile.",
                "The profile keeps some 44 system calls away that most holes in the kernel need; without it a hole in "
                        + "the program reaches the kernel.",
                "Remove the option, or give a profile that allows the one call the program needs.",
                "https://docs.docker.com/engine/security/seccomp/");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return inventory.running().filter(service -> !service.service().isPrivileged())
                .flatMap(service -> service.service().node("security_opt").flatMap(Node::asSequence).stream()
                        .flatMap(list -> list.items().stream()).flatMap(item -> item.asScalar().stream())
                        .filter(option -> OFF.matcher(option.text()).matches())
                        .limit(1).map(option -> finding(service, option.where(), service.name() + " runs with "
                                + option.text(), "Remove the option or name a profile")));
    }
}
