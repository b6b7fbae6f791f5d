package dev.plimsoll.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.prometheus.PrometheusConfig;
import dev.plimsoll.source.Located;
import dev.plimsoll.yaml.Node;
import dev.plimsoll.yaml.YamlReader;
import java.util.List;
import org.junit.jupiter.api.Test;

class PrometheusConfTest {
    private static final String CHOSEN = "global: {scrape_interval: 15s, evaluation_interval: 15s}\n";
    private static final String RULES = "groups: [{name: a, rules: [{alert: Down, expr: up == 0}]}]\n";

    /// A Prometheus with its config, and other services.
    private static Renderer.Part of(String config, String services, String... files) {
        var all = new String[files.length + 2];
        all[0] = "prometheus.yml";
        all[1] = config;
        System.arraycopy(files, 0, all, 2, files.length);
        return Tasks.production(new PrometheusConf(), "prom:\n  image: prom/prometheus:v3.5.0\n  volumes:\n"
                + "    - ./prometheus.yml:/etc/prometheus/prometheus.yml\n" + services, all);
    }

    private static String text(Renderer.Part part) {
        return Tasks.file(part, "prom/prometheus.yml");
    }

    private static PrometheusConfig read(Renderer.Part part) {
        return YamlReader.read("it", text(part)).flatMap(Node::asMapping).map(PrometheusConfig::of).orElseThrow();
    }

    private static List<String> targets(Renderer.Part part) {
        return read(part).jobs().stream().flatMap(job -> job.targets().stream()).map(Located::value).toList();
    }

    private static List<String> rules(Renderer.Part part) {
        return read(part).ruleFiles().stream().map(Located::value).toList();
    }

    @Test
    void leavesAConfigAloneThatHasNoMistakes() {
        var part = of(CHOSEN + "rule_files: [rules.yml]\nscrape_configs: [{job_name: api, static_configs: [{targets: "
                + "['api:8000']}]}]",
                "    - ./rules.yml:/etc/prometheus/rules.yml\napi: {image: 'example/a:1', ports: "
                        + "['8000:8000']}",
                "rules.yml", RULES);
        assertThat(part.files()).isEmpty();
        assertThat(part.patches()).isEmpty();
        assertThat(part.notes()).isEmpty();
    }

    @Test
    void aMarkAtTheStartOfAFileDoesNotGetIntoItsMiddle() {
        var text = text(of("\uFEFFglobal:\n  scrape_interval: 10s\nscrape_configs: []\n", ""));
        assertThat(text).doesNotContain("\uFEFF").contains("\nglobal:\n  scrape_interval: 10s\n  evaluation_interval");
    }

    @Test
    void choosesIntervalsWhereNobodyDid() {
        assertThat(text(of("scrape_configs: []\n", ""))).contains("global:\n  scrape_interval: 30s\n  "
                + "evaluation_interval: 30s");
        assertThat(text(of("global:\n  scrape_interval: 10s # mine\nscrape_configs: []\n", "")))
                .contains("scrape_interval: 10s # mine\n  evaluation_interval: 30s");
    }

    @Test
    void neverSetsAnIntervalBelowATimeout() {
        for (var config : List.of("global: {scrape_timeout: 45s}\n",
                "scrape_configs: [{job_name: slow, scrape_timeout: 1m}]\n")) {
            assertThat(text(of(config, ""))).contains("evaluation_interval").doesNotContain("scrape_interval");
        }
        assertThat(text(of("scrape_configs: [{job_name: a, scrape_timeout: 1m, scrape_interval: 2m}]\n", "")))
                .contains("scrape_interval: 30s");
    }

    @Test
    void keepsEverythingElseByteForByte() {
        var own = """
                # Ours.
                global: &all
                  scrape_interval: 15s
                  external_labels: {site: "a"}   # for federation
                scrape_configs:
                  - job_name: 'api'
                    static_configs:
                      - targets: [ 'localhost:8000',  "other.example:80" ]   # both
                        labels: {tier: web}
                    relabel_configs:
                      - {source_labels: [__address__], regex: '(.*):.*', target_label: host}
                remote_write:
                  - url: http://store.example/write
                """;
        var mended = text(of(own, "api: {image: 'example/a:1', ports: ['8000:8000']}"));
        assertThat(mended.substring(mended.indexOf("# Ours."))).isEqualTo(own.replace("'localhost:8000'",
                "'api:8000'").replace("# for federation\n", "# for federation\n  evaluation_interval: 30s\n"));
    }

    @Test
    void namesTheServiceThatListensOnTheTargetsPort() {
        var services = """
                api: {image: 'example/a:1', ports: ['8080:80']}
                web: {image: 'example/w:1', expose: [3000]}
                node-exporter: {image: 'prom/node-exporter:v1.9.0'}
                """;
        var part = of(CHOSEN + "scrape_configs: [{job_name: a, static_configs: [{targets: ['localhost:8080', "
                + "'127.0.0.1:3000', 'localhost:9100', 'localhost:9090']}]}]", services);
        assertThat(targets(part)).containsExactly("api:80", "web:3000", "node-exporter:9100", "localhost:9090");
        assertThat(part.notes()).containsExactly("prom: its config now has scrape_configs.a = api:80, web:3000, "
                + "node-exporter:9100, because inside its container localhost:8080, 127.0.0.1:3000, localhost:9100 is "
                + "Prometheus itself.");
        assertThat(part.settings().get("prom")).extracting(setting -> setting.name())
                .containsExactly("scrape_configs.a");
    }

    /// An alert on the old instance would never fire again.
    @Test
    void namesRulesAndRelabellingThatAskForTheOldAddress() {
        var exporter = "node-exporter: {image: 'prom/node-exporter:v1.9.0'}";
        var rules = """
                groups:
                  - name: a
                    rules:
                      - {alert: Down, expr: 'up{instance="localhost:9100"} == 0'}
                      - {alert: Other, expr: 'up{instance="localhost:91001"} == 0'}
                """;
        var part = of(CHOSEN + "rule_files: [rules.yml]\nscrape_configs: [{job_name: a, static_configs: [{targets: "
                + "['localhost:9100']}]}]", "    - ./rules.yml:/etc/prometheus/rules.yml\n" + exporter, "rules.yml",
                rules);
        assertThat(part.notes()).contains("prom: localhost:9100 is still named at rules.yml:4:29; what asks for this "
                + "instance finds none any more.");
        assertThat(of(CHOSEN + "scrape_configs: [{job_name: a, static_configs: [{targets: ['localhost:9100']}], "
                + "relabel_configs: [{source_labels: [__address__], regex: 'localhost:9100', target_label: host}]}]",
                exporter).notes()).anyMatch(note -> note.startsWith(
                        "prom: localhost:9100 is still named at prometheus.yml;"));
    }

    @Test
    void leavesATargetThatMayMeanTwoServicesUnlessItsJobNamesOne() {
        var services = "a: {image: 'example/a:1', expose: [8000]}\nb: {image: 'example/b:1', expose: [8000]}\n";
        var part = of(CHOSEN + "scrape_configs: [{job_name: x, static_configs: [{targets: ['localhost:8000']}]}]",
                services);
        assertThat(part.files()).isEmpty();
        assertThat(part.notes()).containsExactly("prom: localhost:8000 (job x) stays, because it may mean a:8000 or "
                + "b:8000; write the one you mean.");
        assertThat(targets(of(CHOSEN + "scrape_configs: [{job_name: b, static_configs: [{targets: "
                + "['localhost:8000']}]}]", services))).containsExactly("b:8000");
    }

    @Test
    void leavesAndNamesTargetsThatNoServiceAnswers() {
        var part = of(CHOSEN + "scrape_configs: [{job_name: x, static_configs: [{targets: ['localhost:9100', "
                + "'localhost:5432', 'gone:80', 'far.example:80']}]}]", "db: {image: 'postgres:17'}");
        assertThat(part.files()).isEmpty();
        assertThat(part.notes()).hasSize(3).anyMatch(note -> note.contains("known to listen on 9100"))
                .anyMatch(note -> note.contains("db:5432 does not speak HTTP") && note.contains(
                        "postgres-exporter:9187"))
                .anyMatch(note -> note.contains("gone:80 (scrape_configs.x) stays"));
    }

    @Test
    void leavesLocalhostAloneWhereItIsTheServerItself() {
        var part = of(CHOSEN + "scrape_configs: [{job_name: x, static_configs: [{targets: ['localhost:9100']}]}]",
                "  network_mode: host\nnode-exporter: {image: 'prom/node-exporter:v1'}");
        assertThat(part.files()).isEmpty();
        assertThat(part.notes()).isEmpty();
    }

    @Test
    void leavesLocalhostAloneWhereTheServiceIsOnAnotherNetwork() {
        var job = CHOSEN + "scrape_configs: [{job_name: x, static_configs: [{targets: ['localhost:8000']}]}]";
        var part = of(job, "", "compose.yml", """
                networks: {watch: {}, work: {}}
                services:
                  prom:
                    image: prom/prometheus:v3.5.0
                    networks: [watch]
                    volumes: ['./prometheus.yml:/etc/prometheus/prometheus.yml']
                  api: {image: 'example/a:1', expose: [8000], networks: [work]}
                """);
        assertThat(part.files()).isEmpty();
        assertThat(part.notes()).hasSize(1);
    }

    @Test
    void namesAnExporterThatAnswersForOthersAndNotTheAddressesItProbes() {
        var part = of(CHOSEN + "scrape_configs: [{job_name: x, static_configs: [{targets: ['http://localhost:1']}], "
                + "relabel_configs: [{target_label: __address__, replacement: 'localhost:9115'}]}]",
                "blackbox: {image: 'prom/blackbox-exporter:v0.27.0'}");
        assertThat(text(part)).contains("replacement: 'blackbox:9115'", "http://localhost:1");
    }

    @Test
    void namesARuleFileWhereItIsMounted() {
        var part = of(CHOSEN + "rule_files:\n  # ours\n  - alerts.yml\n",
                "    - ./alerts.yml:/etc/prometheus/rules/a.yml\n", "alerts.yml", RULES);
        assertThat(text(part)).contains("rule_files:\n  # ours\n  - /etc/prometheus/rules/a.yml\n");
        assertThat(part.notes()).singleElement().asString().contains("rule_files = /etc/prometheus/rules/a.yml, "
                + "because alerts.yml is mounted there, and alerts.yml found no file");
    }

    @Test
    void addsRuleFilesThatNoEntryNames() {
        for (var before : List.of("", "rule_files:\n  # - first.yml\n", "rule_files: []\n")) {
            var part = of(CHOSEN + before, "    - ./a.yml:/rules/a.yml\n", "a.yml", RULES);
            assertThat(rules(part)).as(before).containsExactly("/rules/a.yml");
        }
    }

    @Test
    void mountsRuleFilesThatLieBesideTheConfigAndAreNotMounted() {
        var part = of(CHOSEN + "rule_files: ['rules/*.yml']\n", "", "rules/a.yml", RULES, "rules/b.yml", RULES,
                "rules/notes.txt", "", "rules/other.yml", "a: 1\n");
        assertThat(rules(part)).containsExactly("rules/*.yml");
        assertThat(Tasks.mounts(part, "prom")).containsEntry("./rules/a.yml", "/etc/prometheus/rules/a.yml")
                .containsEntry("./rules/b.yml", "/etc/prometheus/rules/b.yml").hasSize(3);
    }

    @Test
    void neverLoadsARuleFileThatPrometheusWouldRefuse() {
        var part = of(CHOSEN, "    - ./a.yml:/rules/a.yml\n", "a.yml", RULES.replace("expr", "exprs"));
        assertThat(part.files()).isEmpty();
        assertThat(part.notes()).singleElement().asString().contains("correct a.yml first");
    }

    @Test
    void leavesAnEntryThatFindsNothing() {
        var part = of(CHOSEN + "rule_files: [gone.yml]\n", "");
        assertThat(part.files()).isEmpty();
        assertThat(part.notes()).singleElement().asString().contains("gone.yml of rule_files finds no file");
    }

    @Test
    void tellsTheAlertmanagerOfTheStack() {
        var manager = "alerts: {image: 'prom/alertmanager:v0.28.1', command: ['--web.listen-address=:9094']}\n";
        var commented = """
                alerting:
                  alertmanagers:
                    - static_configs:
                        - targets:
                          # - alertmanager:9093
                """;
        for (var before : List.of("", commented)) {
            var part = of(CHOSEN + before, manager);
            assertThat(read(part).alertmanagers()).as(before).extracting(Located::value)
                    .containsExactly("alerts:9094");
        }
        var localhost = "alerting: {alertmanagers: [{static_configs: [{targets: ['localhost:9093']}]}]}\n";
        assertThat(text(of(CHOSEN + localhost, manager.replace("9094", "9093")))).contains("'alerts:9093'");
    }

    @Test
    void leavesAlertingToTheUserWhereTheAlertmanagerIsServedInAnotherWay() {
        var part = of(CHOSEN, "alerts: {image: 'prom/alertmanager:v0.28.1', command: ['--web.route-prefix=/a']}\n");
        assertThat(part.files()).isEmpty();
        assertThat(part.notes()).singleElement().asString().contains("name alerts under `alerting` yourself");
    }

    @Test
    void keepsSecretsOutOfReadableFiles() {
        for (var secret : List.of("basic_auth: {username: a, password: hunter2}", "url: 'https://a:hunter2@b.example'",
                "authorization: {credentials: hunter2}")) {
            var part = of("remote_write: [{" + secret + "}]\n", "");
            assertThat(part.files()).singleElement()
                    .matches(file -> file.access() == RenderedFile.Access.CONTAINER_SECRET
                            && file.path().equals("prom/private/prometheus.yml"));
            assertThat(part.settings().toString() + part.notes()).doesNotContain("hunter2");
        }
        assertThat(of("remote_write: [{basic_auth: {username: a, password_file: /p}}]\n", "").files())
                .singleElement().matches(file -> file.access() == RenderedFile.Access.ALL);
    }

    @Test
    void takesThePlaceOfTheUsersMount() {
        var part = of("scrape_configs: []\n", "");
        assertThat(Tasks.mounts(part, "prom")).containsEntry("./plimsoll/prom/prometheus.yml",
                "/etc/prometheus/prometheus.yml");
    }

    @Test
    void saysWhatToWriteWhereNothingCanBeLaidOverTheConfig() {
        for (var config : List.of("{file: prometheus.yml}", "{content: 'scrape_configs: []'}")) {
            var part = of("scrape_configs: []\n", "", "compose.yml", """
                    configs: {main: %s}
                    services:
                      prom:
                        image: prom/prometheus:v3.5.0
                        configs: [{source: main, target: /etc/prometheus/prometheus.yml}]
                    """.formatted(config));
            assertThat(part.files()).as(config).isEmpty();
            assertThat(part.patches()).as(config).isEmpty();
            assertThat(part.notes()).as(config).singleElement().asString().contains("write there: global."
                    + "scrape_interval = 30s");
        }
    }

    @Test
    void saysWhatToWriteIntoAnEmptyConfig() {
        var part = of("# nothing yet\n", "");
        assertThat(part.files()).isEmpty();
        assertThat(part.notes()).singleElement().asString().contains("prometheus.yml stays as it is",
                "global.scrape_interval = 30s");
    }

    @Test
    void readsWhatItRenderedBeforeAndKeepsIt() {
        var first = of("scrape_configs: []\n", "");
        var again = Tasks.production(new PrometheusConf(), "prom:\n  image: prom/prometheus:v3.5.0\n  volumes: "
                + "['./plimsoll/prom/prometheus.yml:/etc/prometheus/prometheus.yml:ro']\n",
                "plimsoll/prom/prometheus.yml", text(first));
        assertThat(text(again)).isEqualTo(text(first));
        assertThat(again.patches()).isEqualTo(first.patches());
        assertThat(again.notes()).isEmpty();
    }
}
