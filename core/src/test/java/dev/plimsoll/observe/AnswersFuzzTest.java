package dev.plimsoll.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.kinds.Role;
import dev.plimsoll.lock.LockedService;
import dev.plimsoll.lock.LockedSetting;
import dev.plimsoll.observe.Question.Answer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/// Whatever a server answers, every probe gives facts or gaps.
class AnswersFuzzTest {
    private static final List<LockedService> SERVICES = List.of(service("postgres"), service("redis"), service(
            "pgbouncer"), service("prometheus"), service("alertmanager"));

    private static LockedService service(String kind) {
        return Answers.service(kind, Role.DATABASE, new LockedSetting("aclfile", "/users.acl", "", ""));
    }

    @FuzzTest(maxDuration = "1m")
    @DictionaryEntries({"[{\\\"name\\\":", "\\\"setting\\\":\\\"work_mem=4MB\\\"",
            "SCRAM-SHA-256$4096:c2FsdA==$YQ==:Yg==",
            "user default on nopass ~* +@all", "maxmemory\\x0a0\\x0a", "key,value\\x0a", "\\\"data\\\":{",
            "\\\"groups\\\":[", "OK",
            "WRONGPASS"})
    void everyAnswerGivesFactsOrGaps(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.UTF_8);
        for (var service : SERVICES) {
            for (var probe : Probes.of("/srv/plimsoll")) {
                var container = Answers.container(service);
                var answers = probe.questions(Answers.LOCK, service, container).stream().distinct()
                        .collect(Collectors.<Question, Question, Answer>toMap(question -> question,
                                _ -> new Answer.Text(text)));
                assertThat(probe.more(Answers.sight(service, container, answers))).doesNotHaveDuplicates();
                assertThat(probe.read(Answers.sight(service, container, answers))).isNotNull();
            }
        }
    }
}
