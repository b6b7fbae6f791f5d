package dev.plimsoll.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.load.Counts.Failure;
import dev.plimsoll.load.Stage.Phase;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GeneratorTest {
    private static final Limits LIMITS = new Limits(20, Duration.ofSeconds(10), false);

    private static Profile open(double rate, double seconds) {
        return new Profile("test", new Arrivals.Open(List.of(Stage.constant(Phase.MEASURED, rate, Duration.ofMillis(
                Math.round(seconds * 1000))))), Profiles.objectives(1000, 1000, 1000, 0.01));
    }

    private static ProfileRun run(TestServer server, Profile profile, Limits limits, Request... requests)
            throws InterruptedException {
        return run(server.url("/"), profile, limits, requests);
    }

    private static ProfileRun run(String url, Profile profile, Limits limits, Request... requests)
            throws InterruptedException {
        var traffic = new Traffic(Optional.empty(), List.of(requests), Map.of(), List.of());
        try (var generator = new Generator(Endpoint.parse(url), traffic, limits, StopConditions.USUAL,
                Optional::empty, (_, _, _, _) -> {
                })) {
            return generator.run(profile);
        }
    }

    @Test
    void sendsAsManyAsPlanned() throws InterruptedException {
        try (var server = new TestServer(_ -> TestServer.ok("hello"))) {
            var run = run(server, open(200, 1.5), LIMITS, Request.get("/a"));
            assertThat(run.counts().planned()).isEqualTo(300);
            assertThat(run.counts().completed()).isEqualTo(300);
            assertThat(run.counts().failed()).isZero();
            assertThat(server.seen()).hasSize(300).allSatisfy(seen -> assertThat(seen.line()).isEqualTo(
                    "GET /a HTTP/1.1"));
            assertThat(run.latencyMicros().count()).isEqualTo(300);
            assertThat(run.seconds()).extracting(one -> one.counts().planned()).startsWith(200L, 100L);
            assertThat(server.connectionCount()).isLessThanOrEqualTo(20);
        }
    }

    @Test
    void aWaitForAConnectionBelongsToTheLatency() throws InterruptedException {
        try (var server = new TestServer(_ -> {
            sleep(100);
            return TestServer.ok("");
        })) {
            var run = run(server, open(40, 1), new Limits(1, Duration.ofSeconds(10), false), Request.get("/"));
            assertThat(run.counts().completed()).isEqualTo(40);
            assertThat(run.serviceMicros().p50()).isBetween(95_000L, 300_000L);
            assertThat(run.latencyMicros().max()).isGreaterThan(2_000_000);
        }
    }

    @Test
    void statusesAreCountedAsFailures() throws InterruptedException {
        var count = new AtomicInteger();
        try (var server = new TestServer(_ -> count.incrementAndGet() % 4 == 0
                ? "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n"
                : TestServer.ok(""))) {
            var run = run(server, open(100, 1), LIMITS, Request.get("/"));
            assertThat(run.counts().errors()).containsExactly(Map.entry(Failure.STATUS, 25L));
            assertThat(run.counts().errorRate()).isEqualTo(0.25);
            assertThat(run.passed()).isFalse();
        }
    }

    @Test
    void redirectsThatNobodyNamedAreCounted() throws InterruptedException {
        try (var server = new TestServer(
                _ -> "HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n")) {
            var run = run(server, open(20, 0.5), LIMITS, Request.get("/"));
            assertThat(run.counts().failed()).isZero();
            assertThat(run.counts().redirected()).isEqualTo(10);
            var named = new Request("named", "GET", template("/"), Map.of(), Optional.empty(), 1, Set.of(302), List
                    .of());
            assertThat(run(server, open(20, 0.5), LIMITS, named).counts().redirected()).isZero();
        }
    }

    @Test
    void timeoutsAreCountedWithTheTimeWaited() throws InterruptedException {
        try (var server = new TestServer(seen -> {
            sleep(seen.path().equals("/slow") ? 3000 : 0);
            return TestServer.ok("");
        })) {
            var run = run(server, open(10, 0.5), new Limits(20, Duration.ofMillis(400), false), Request.get("/slow"));
            assertThat(run.counts().errors()).containsExactly(Map.entry(Failure.TIMEOUT, 5L));
            assertThat(run.latencyMicros().p50()).isBetween(400_000L, 700_000L);
        }
    }

    @Test
    void brokenConnectionsAndNonsenseAreToldApart() throws InterruptedException {
        try (var server = new TestServer(_ -> "")) {
            assertThat(run(server, open(20, 0.5), LIMITS, Request.get("/")).counts().errors()).containsExactly(Map
                    .entry(Failure.BROKEN, 10L));
        }
        try (var server = new TestServer(_ -> "SSH-2.0-OpenSSH\r\n")) {
            assertThat(run(server, open(20, 0.5), LIMITS, Request.get("/")).counts().errors()).containsExactly(Map
                    .entry(Failure.PROTOCOL, 10L));
        }
    }

    @Test
    void aPortWhereNobodyListens() throws InterruptedException, IOException {
        int port;
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        var run = run("http://127.0.0.1:" + port, open(20, 0.5), LIMITS, Request.get("/"));
        assertThat(run.counts().errors()).containsExactly(Map.entry(Failure.CONNECT, 10L));
        assertThat(run.passed()).isFalse();
    }

    @Test
    void connectionsThatTheServerEndsAreReplaced() throws InterruptedException {
        try (var server = new TestServer(
                _ -> "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok")) {
            var run = run(server, open(50, 1), LIMITS, Request.get("/"));
            assertThat(run.counts().failed()).isZero();
            assertThat(run.counts().completed()).isEqualTo(50);
            assertThat(server.connectionCount()).isGreaterThanOrEqualTo(50);
        }
    }

    @Test
    void chunksAndBodiesWithoutLength() throws InterruptedException {
        try (var server = new TestServer(seen -> seen.path().equals("/chunks")
                ? "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6;x=1\r\n world\r\n0\r\nT: 1\r\n\r\n"
                : "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nup to the end")) {
            var run = run(server, open(60, 1), LIMITS, Request.get("/chunks"), Request.get("/end"));
            assertThat(run.counts().failed()).isZero();
            assertThat(run.requests()).extracting(ProfileRun.OneRequest::name).containsExactly("/chunks", "/end");
            assertThat(run.requests()).allSatisfy(one -> assertThat(one.counts().completed()).isPositive());
        }
    }

    @Test
    void valuesOfAnswersGoIntoLaterRequests() throws InterruptedException {
        try (var server = new TestServer(seen -> TestServer.ok(seen.path().equals("/new") ? "{\"id\": 42}" : "{}"))) {
            var create = new Request("new", "POST", template("/new"), Map.of("Content-Type", template(
                    "application/json")), Optional.of(template("{\"n\": {{int 7 7}}, \"u\": \"{{uuid}}\"}")), 1, Set
                            .of(),
                    List.of(new Extraction.Json("id", tools.jackson.core.JsonPointer.compile("/id"))));
            var read = new Request("read", "GET", template("/item/{{id}}"), Map.of(), Optional.empty(), 3, Set.of(200),
                    List.of());
            var run = run(server, open(100, 1), LIMITS, create, read);
            assertThat(run.counts().failed()).isZero();
            assertThat(server.seen()).anySatisfy(seen -> assertThat(seen.path()).isEqualTo("/item/42"))
                    .noneSatisfy(seen -> assertThat(seen.path()).isEqualTo("/item/"))
                    .anySatisfy(seen -> assertThat(seen.body()).matches(
                            "\\{\"n\": 7, \"u\": \"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\"}"));
        }
    }

    private static Template template(String text) {
        return Template.parse(text).orElseThrow();
    }

    @Test
    void aClosedLoadKeepsItsClientsBusy() throws InterruptedException {
        try (var server = new TestServer(_ -> {
            sleep(20);
            return TestServer.ok("");
        })) {
            var run = run(server, new Profile("closed", new Arrivals.Closed(4, Duration.ofMillis(200), Duration
                    .ofSeconds(1)), List.of()), LIMITS, Request.get("/"));
            assertThat(run.counts().failed()).isZero();
            assertThat(run.counts().completed()).isBetween(60L, 205L);
            assertThat(server.connectionCount()).isEqualTo(4);
        }
    }

    @Test
    void aServerThatFailsIsLeftInPeace() throws InterruptedException {
        try (var server = new TestServer(_ -> "HTTP/1.1 500 Broken\r\nContent-Length: 0\r\n\r\n")) {
            var run = run(server, open(50, 30), LIMITS, Request.get("/"));
            assertThat(run.stopped()).hasValueSatisfying(why -> assertThat(why).contains("100 % of the requests"));
            assertThat(run.validity().doubts()).as("the server was the limit").isEmpty();
            assertThat(run.measuredSeconds()).isBetween(4.0, 8.0);
            assertThat(run.counts().planned()).isLessThan(500);
        }
    }

    /// What ended it came before the measured phase, which would show nothing.
    @Test
    void aLoadThatIsStoppedInItsWarmUpIsJudgedByTheWarmUp() throws InterruptedException {
        try (var server = new TestServer(_ -> {
            sleep(5000);
            return TestServer.ok("");
        })) {
            var arrivals = new Arrivals.Open(List.of(Stage.constant(Phase.WARM_UP, 20, Duration.ofSeconds(5)), Stage
                    .constant(Phase.MEASURED, 20, Duration.ofSeconds(8))));
            var run = run(server, new Profile("test", arrivals, Profiles.objectives(1000, 1000, 1000, 0.01)),
                    new Limits(
                            200, Duration.ofSeconds(1), false),
                    Request.get("/"));
            assertThat(run.stopped()).hasValueSatisfying(why -> assertThat(why).contains("100 % of the requests",
                    "the warm-up counts, too"));
            assertThat(run.counts().failed(Failure.TIMEOUT)).isGreaterThanOrEqualTo(60);
            assertThat(run.counts().errorRate()).isEqualTo(1);
            assertThat(run.verdicts()).extracting(Objective.Judged::verdict).containsOnly(Objective.Verdict.FAILED);
            assertThat(run.requests().getFirst().counts()).isEqualTo(run.counts());
            assertThat(run.validity().doubts()).isEmpty();
        }
    }

    @Test
    void failuresAreShownWhenTheyHappen() throws InterruptedException {
        var shown = new ArrayList<Long>();
        try (var server = new TestServer(_ -> {
            sleep(3000);
            return TestServer.ok("");
        });
                var generator = new Generator(Endpoint.parse(server.url("/")), new Traffic(Optional.empty(), List.of(
                        Request.get("/")), Map.of(), List.of()), new Limits(20, Duration.ofMillis(1200), false),
                        StopConditions.USUAL, Optional::empty, (_, _, failed, _) -> shown.add(failed))) {
            generator.run(open(10, 1));
        }
        assertThat(shown.getFirst()).isZero();
        assertThat(shown.stream().mapToLong(Long::longValue).sum()).isEqualTo(10);
    }

    @Test
    void aLoadInWhichNothingIsDueMeasuresNothing() throws InterruptedException {
        try (var server = new TestServer(_ -> TestServer.ok(""))) {
            var arrivals = new Arrivals.Open(List.of(Stage.constant(Phase.WARM_UP, 0.5, Duration.ofMillis(200)), Stage
                    .constant(Phase.MEASURED, 0.5, Duration.ofSeconds(1))));
            var run = run(server, new Profile("test", arrivals, Profiles.objectives(1000, 1000, 1000, 0.01)), LIMITS,
                    Request.get("/"));
            assertThat(run.verdicts())
                    .allSatisfy(one -> assertThat(one.verdict()).isEqualTo(Objective.Verdict.NOT_RUN));
            assertThat(run.validity().doubts()).singleElement().asString().startsWith("nothing was measured");
            assertThat(run.passed()).isFalse();
        }
    }

    @Test
    void largeBodiesGoOutInPieces() throws InterruptedException {
        try (var server = new TestServer(seen -> TestServer.ok("" + seen.body().length()))) {
            var large = new Request("large", "PUT", template("/"), Map.of(), Optional.of(template("x".repeat(
                    3_000_000))), 1, Set.of(), List.of(new Extraction.Regex("n",
                            java.util.regex.Pattern.compile(
                                    "^3000000$"))));
            assertThat(run(server, open(5, 1), LIMITS, large).counts()).satisfies(counts -> {
                assertThat(counts.failed()).isZero();
                assertThat(counts.completed()).isEqualTo(5);
            });
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
