package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.Redis;
import dev.plimsoll.kinds.Role;
import dev.plimsoll.kinds.Setting;
import java.util.stream.Stream;

/// A queue does not survive a restart.
public final class ForgetfulQueue implements Rule {
    @Override
    public About about() {
        return new About("DBT022", "forgetful-queue", Severity.MEDIUM, Confidence.LIKELY,
                "A Redis that a queue uses has persistence switched off.",
                "Every restart and every deploy loses the jobs that wait.",
                "Set appendonly yes with appendfsync everysec, and mount a volume at /data.",
                "https://redis.io/docs/latest/operate/oss_and_stack/management/persistence/");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return inventory.ofKind("redis").filter(service -> service.role() == Role.BROKER && !Redis.forks(service))
                .map(service -> finding(service, service.settings().get("save").map(Setting::where)
                        .orElse(service.service().where()),
                        service.name() + " keeps a queue and neither appends nor "
                                + "takes snapshots",
                        "Set appendonly yes, and mount a volume at /data"));
    }
}
