package dev.plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.plimsoll.load.LoadRunJson;
import dev.plimsoll.load.TestServer;
import dev.plimsoll.store.Trees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StressCommandTest {
    @TempDir
    private Path directory = Path.of("");

    private final TestServer server = new TestServer(seen -> seen.path().equals("/metrics")
            ? TestServer.ok("http_server_requests_seconds_count 5\nhttp_server_requests_seconds_sum 1\n")
            : seen.path().startsWith("/broken")
                    ? "HTTP/1.1 500 Broken\r\nContent-Length: 0\r\n\r\n"
                    : TestServer.ok("hello"));

    @AfterEach
    void stop() {
        server.close();
    }

    /// Its objectives hold on a machine that has other work.
    private Run shortRun(String path, String... options) {
        var words = new java.util.ArrayList<Object>(List.of("stress", server.url(path), "--rate", "50", "--for", "2s",
                "--p95", "20000", "--p99", "20000"));
        words.addAll(List.of(options));
        return Run.of(words.toArray());
    }

    @Test
    void aServiceThatKeepsItsObjectivesPasses() {
        var run = shortRun("/books");
        assertThat(run.code()).as(run.out() + run.err()).isZero();
        assertThat(run.out()).contains("own", "passed   p99", "Passed.");
        assertThat(run.err()).contains("due/s");
    }

    @Test
    void oneThatFailsItsObjectivesFails() {
        var run = shortRun("/broken", "--stop-errors", "100");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("failed   error rate 100 %", "Of 100 requests: 100 got another status.",
                "\nFailed: ");
    }

    @ParameterizedTest
    @CsvSource({"--rate=5 --clients=2, --clients: it does not go with --rate",
            "--rate=5 --profile=peak, --rate: it takes the place of the profiles",
            "--clients=5 --quick, does not go with --quick", "--for=5s, --for: it goes with --rate or --clients only",
            "--to=50, --to: it goes with --find-cliff only",
            "--find-cliff --from=50 --to=5, --to: it is below --from",
            "--find-cliff --to=20, '--to: it is below the first level, 50 requests/s'",
            "--rate=5 --target=http://127.0.0.1:1/, --target: a URL is named already",
            "--traffic=t.yml --body=x, --body: it does not go with --traffic",
            "--traffic=t.yml -X=POST, --method: it does not go with --traffic",
            "--rate=5 -o nowhere/at/all.txt, the file cannot be written"})
    void whatWouldBeIgnoredIsRefusedBeforeAnyLoad(String options, String message) {
        var words = new java.util.ArrayList<Object>(List.of("stress", server.url("/books")));
        words.addAll(List.of(options.split(" ", -1)));
        var run = Run.of(words.toArray());
        assertThat(run.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(run.err()).contains(message);
    }

    @ParameterizedTest
    @CsvSource({"--connections=-5, `-5` is no whole number from 1 to 20000",
            "--connections=20001, `20001` is no whole number", "--clients=1.5, `1.5` is no whole number",
            "--rate=300000, `300000` is more than 200000 a second", "-X=GÉT, '`GÉT` is none of GET, HEAD'",
            "--header=X:{{nope}}, `{{nope}}` is no placeholder", "--header=X:{{a.b}}, `{{a.b}}` is no placeholder",
            "--body={{int 5}}, `{{int 5}}` is no placeholder", "--header=a b:c, `a b:c` is no header",
            "--header=:c, `:c` is no header", "--find-cliff --from=0.5, --from: it is below 1"})
    void whatCannotBeSentAsItIsWrittenIsRefused(String options, String message) {
        var words = new java.util.ArrayList<Object>(List.of("stress", server.url("/books")));
        words.addAll(options.startsWith("--find-cliff") ? List.of(options.split(" ", -1)) : List.of(options));
        var run = Run.of(words.toArray());
        assertThat(run.code()).as(run.out()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(run.err()).contains(message);
        assertThat(server.seen()).isEmpty();
    }

    @Test
    void jsonFollowsTheSchemaAndIsReadBack() throws IOException {
        var json = shortRun("/books", "--format", "json").out();
        try (var text = StressCommandTest.class.getClassLoader().getResourceAsStream("schema/load.schema.json")) {
            assertThat(text).isNotNull();
            var schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(new String(text
                    .readAllBytes(), StandardCharsets.UTF_8), InputFormat.JSON);
            assertThat(schema.validate(json, InputFormat.JSON)).isEmpty();
            assertThat(schema.validate(json.replace("\"planned\"", "\"plan\""), InputFormat.JSON)).isNotEmpty();
            assertThat(schema.validate(json.replace("\"nio\"", "\"curl\""), InputFormat.JSON)).isNotEmpty();
        }
        var run = LoadRunJson.read("out", json);
        assertThat(LoadRunJson.text(run)).isEqualTo(json);
        assertThat(run.profiles().getFirst().counts().completed()).isEqualTo(100);
    }

    @Test
    void junitMarkdownAndHtml() throws Exception {
        var junit = directory.resolve("run.xml");
        assertThat(shortRun("/a", "--format", "junit", "-o", junit.toString()).code()).isZero();
        var suites = DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().parse(junit.toFile());
        assertThat(suites.getElementsByTagName("testcase").getLength()).isEqualTo(5);
        assertThat(shortRun("/a", "--format", "markdown").out()).contains("| own | 50");
        var html = shortRun("/a", "--format", "html").out();
        assertThat(html).contains("<svg", "Latency over time").doesNotContain("<script", "http-equiv", "src=");
    }

    @Test
    void anInterruptedRunReportsHowFarItCame() throws IOException, InterruptedException {
        var report = directory.resolve("report.txt");
        assertThat(interrupted(report, () -> {
        })).contains("warning: it was interrupted");
        assertThat(report).content().contains("Stopped early: it was interrupted", "own", "Failed: ");
    }

    /// The program ends then, and nobody would see what is thrown.
    @Test
    void anInterruptedRunWhoseReportCannotBeWrittenPrintsIt() throws IOException, InterruptedException {
        var reports = Files.createDirectory(directory.resolve("reports"));
        assertThat(interrupted(reports.resolve("report.txt"), () -> Trees.delete(reports)))
                .contains("Stopped early: it was interrupted", "error: ", "the file cannot be written");
    }

    /// Does something while a load runs.
    @FunctionalInterface
    private interface Meanwhile {
        void happen() throws IOException;
    }

    /// @return what was printed
    private String interrupted(Path report, Meanwhile meanwhile) throws IOException, InterruptedException {
        var output = directory.resolve("output.txt");
        var process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), "dev.plimsoll.cli.Main", "stress", server.url("/books"),
                "--rate", "20", "--for", "60s", "-o", report.toString()).redirectErrorStream(true).redirectOutput(output
                        .toFile())
                .start();
        while (process.isAlive() && server.seen().size() < 20) {
            Thread.sleep(20);
        }
        meanwhile.happen();
        process.destroy();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return Files.readString(output);
    }

    @Test
    void aReaderIsToldWhatTheFiguresMean() {
        assertThat(shortRun("/books").out().replaceAll("\\s+", " ")).contains("connections open at once",
                "Times count from when a request was "
                        + "due.",
                "those of the profile `normal`.");
    }

    @Test
    void twoRunsAreCompared() {
        var before = directory.resolve("before.json");
        assertThat(shortRun("/a", "--format", "json", "-o", before.toString()).code()).isZero();
        assertThat(shortRun("/a", "--compare", before.toString()).out()).contains("Compared", "unknown");
        assertThat(shortRun("/a", "--compare", directory.resolve("none.json").toString()).err()).contains(
                "the file cannot be read");
    }

    @Test
    void serversElsewhereNeedAYes() {
        var run = Run.of("stress", "http://192.0.2.1/", "--rate", "1", "--for", "5s");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("`http://192.0.2.1` is not on this machine", "--yes");
    }

    @Test
    void badInputSaysWhatToWrite() throws IOException {
        assertThat(Run.of("stress").err()).contains("there is nothing to load");
        assertThat(Run.of("stress", "ftp://127.0.0.1/").err()).contains("is no http or https URL");
        assertThat(Run.of("stress", server.url("/"), "--profile", "lunch").err()).contains("`lunch` is no profile",
                "normal, peak, spike, sustained");
        assertThat(Run.of("stress", "--stack", directory.toString()).err()).contains("there is no rendered stack");
        var traffic = directory.resolve("traffic.yml");
        Files.writeString(traffic, "requests: [{path: books}]\n");
        var run = Run.of("stress", server.url("/"), "--traffic", traffic.toString());
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("traffic.yml:1:", "a path begins with `/`");
    }

    @Test
    void aTrafficFileNamesItsOwnServerAndProfiles() throws IOException {
        var traffic = directory.resolve("traffic.yml");
        Files.writeString(directory.resolve("isbn.csv"), "number\n111\n222\n");
        Files.writeString(traffic, """
                url: %s
                data: {isbn: isbn.csv}
                requests:
                  - path: /books/{{isbn.number}}
                    headers: {X-Run: "{{count}}"}
                profiles:
                  calm: {rate: 20, for: 1s, p99: 2s}
                """.formatted(server.url("")));
        var run = Run.of("stress", "--traffic", traffic, "--format", "json");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(LoadRunJson.read("out", run.out()).profile("calm")).isPresent();
        var withHeader = Run.of("stress", "--traffic", traffic, "-H", "X-Isbn:{{isbn.number}}");
        assertThat(withHeader.code()).as(withHeader.err()).isZero();
        assertThat(server.seen()).anySatisfy(seen -> assertThat(seen.headers()).contains("X-Isbn: 222"))
                .anySatisfy(seen -> assertThat(seen.path()).isEqualTo("/books/222"))
                .anySatisfy(seen -> assertThat(seen.headers()).contains("X-Run: 1"));
    }
}
