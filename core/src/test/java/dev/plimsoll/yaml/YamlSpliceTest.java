package dev.plimsoll.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.source.InputException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class YamlSpliceTest {
    @Test
    void replacesAValueAndKeepsEveryOtherByte() {
        assertThat(YamlSplice.set("c", """
                # head
                services:

                    db:  # the database
                        mem_limit:   1g   # too much
                        image: "postgres:16"
                # tail
                """, services("db", Map.of("mem_limit", "512m")))).isEqualTo("""
                # head
                services:

                    db:  # the database
                        mem_limit:   512m   # too much
                        image: "postgres:16"
                # tail
                """);
    }

    @Test
    void keepsAListOfPairsWithItsComments() {
        var environment = new LinkedHashMap<String, Object>();
        environment.put("POSTGRES_DB", "shop: all");
        environment.put("GOMEMLIMIT", new YamlWriter.Commented("of the plan", "100MiB"));
        environment.put("DEBUG", true);
        assertThat(YamlSplice.set("c", """
                services:
                  db:
                    environment:
                      # who owns it
                      - POSTGRES_USER=app   # not root
                      # never change it
                      - "POSTGRES_DB=app"   # yet
                      - DEBUG
                    image: postgres
                """, services("db", Map.of("environment", environment)))).isEqualTo("""
                services:
                  db:
                    environment:
                      # who owns it
                      - POSTGRES_USER=app   # not root
                      # never change it
                      - "POSTGRES_DB=shop: all"   # yet
                      - DEBUG=true
                      - GOMEMLIMIT=100MiB
                    image: postgres
                """);
        assertThat(YamlSplice.set("c", "services: {db: {environment: [A=1, 'B=2']}}\n", services("db", Map.of(
                "environment", Map.of("B", "3"))))).isEqualTo("services: {db: {environment: [A=1, B=3]}}\n");
    }

    @Test
    void keepsAByteOrderMark() {
        assertThat(YamlSplice.set("c", "\ufeff{\"services\": {\"db\": {\"image\": \"postgres\"}}}\n", services("db", Map
                .of("mem_limit", "1g")))).isEqualTo(
                        "\ufeff{\"services\": {\"db\": {\"image\": \"postgres\", mem_limit: 1g}}}\n");
    }

    @Test
    void addsKeysBehindTheLastOne() {
        assertThat(YamlSplice.set("c", """
                services:
                  db:
                    image: postgres
                    command: |
                      postgres
                        # not a comment

                  # about the api
                  api: {image: api}
                """, services("db", Map.of("deploy", Map.of("resources", Map.of("limits", Map.of("memory", "1g")))))))
                .isEqualTo("""
                        services:
                          db:
                            image: postgres
                            command: |
                              postgres
                                # not a comment
                            deploy:
                              resources:
                                limits:
                                  memory: 1g

                          # about the api
                          api: {image: api}
                        """);
    }

    @Test
    void addsToAMappingAndToThatAroundIt() {
        var values = new LinkedHashMap<String, Object>();
        values.put("deploy", Map.of("cpus", 1));
        values.put("restart", "always");
        assertThat(YamlSplice.set("c", """
                services:
                  db:
                    deploy:
                      replicas: 3""", services("db", values))).isEqualTo("""
                services:
                  db:
                    deploy:
                      replicas: 3
                      cpus: 1
                    restart: always""");
    }

    @Test
    void addsInsideBraces() {
        var values = new LinkedHashMap<String, Object>();
        values.put("restart", "always");
        values.put("deploy", Map.of("limits", Map.of("memory", "1g")));
        assertThat(YamlSplice.set("c", "services: {db: {image: a, deploy: { limits: {} } }}\n", services("db", values)))
                .isEqualTo("services: {db: {image: a, deploy: { limits: {memory: 1g} }, restart: always }}\n");
    }

    @Test
    void replacesInsideBraces() {
        assertThat(YamlSplice.set("c", """
                x: &x {a: 1}
                services: {db: {image: a, depends_on: [b, c], deploy: *x}}
                """, services("db", Map.of("depends_on", Map.of("b", Map.of("condition", "service_healthy"))))))
                .isEqualTo("""
                        x: &x {a: 1}
                        services: {db: {image: a, depends_on: {b: {condition: service_healthy}, \
                        c: {condition: service_started}}, deploy: *x}}
                        """);
    }

    @Test
    void writesOutWhatIsInherited() {
        assertThat(YamlSplice.set("c", """
                x-base: &base
                  logging: {driver: local}
                  deploy:
                    resources: &res {limits: {cpus: 0.5}}
                services:
                  db:
                    <<: *base
                    image: a
                """, services("db", Map.of("deploy", Map.of("resources", Map.of("limits", Map.of("memory", "1g")))))))
                .isEqualTo("""
                        x-base: &base
                          logging: {driver: local}
                          deploy:
                            resources: &res {limits: {cpus: 0.5}}
                        services:
                          db:
                            <<: *base
                            image: a
                            deploy:
                              resources:
                                limits:
                                  cpus: 0.5
                                  memory: 1g
                        """);
    }

    @Test
    void replacesAnAliasAndLeavesItsAnchor() {
        assertThat(YamlSplice.set("c", """
                x-d: &d {limits: {cpus: 1}}
                services:
                  db:
                    deploy: *d  # shared
                    image: a
                """, services("db", Map.of("deploy", Map.of("limits", Map.of("memory", "1g")))))).isEqualTo("""
                x-d: &d {limits: {cpus: 1}}
                services:
                  db:
                    deploy:
                      limits:
                        cpus: 1
                        memory: 1g  # shared
                    image: a
                """);
    }

    @Test
    void turnsNamesIntoAMappingWhereOneIsLaidOver() {
        var values = new LinkedHashMap<String, Object>();
        values.put("depends_on", Map.of("db", Map.of("condition", "service_healthy")));
        values.put("environment", Map.of("B", "2"));
        assertThat(YamlSplice.set("c", """
                services:
                  api:
                    depends_on: [db, redis]
                    environment:
                      - A=1
                      - B=old
                      - C
                    image: a
                """, services("api", values))).isEqualTo("""
                services:
                  api:
                    depends_on:
                      db:
                        condition: service_healthy
                      redis:
                        condition: service_started
                    environment:
                      - A=1
                      - B=2
                      - C
                    image: a
                """);
    }

    @Test
    void addsItemsToAListAndReplacesAnother() {
        var values = new LinkedHashMap<String, Object>();
        values.put("volumes", new YamlSplice.Appended(List.of("./a:/a:ro")));
        values.put("ports", new YamlWriter.Tagged("!override", List.of("127.0.0.1:80:80")));
        assertThat(YamlSplice.set("c", """
                services:
                  db:
                    volumes:
                      - data:/data # kept
                    ports: ["80:80"] # open
                """, services("db", values))).isEqualTo("""
                services:
                  db:
                    volumes:
                      - data:/data # kept
                      - ./a:/a:ro
                    ports:
                      - "127.0.0.1:80:80" # open
                """);
    }

    @Test
    void keepsLineBreaksOfWindowsAndFillsEmptyValues() {
        var before = """
                services:
                  db:
                    deploy:
                    image: a
                """;
        var after = """
                services:
                  db:
                    deploy:
                      replicas: 1
                    image: a
                """;
        assertThat(YamlSplice.set("c", before.replace("\n", "\r\n"), services("db", Map.of("deploy", Map.of("replicas",
                1))))).isEqualTo(after.replace("\n", "\r\n"));
    }

    @Test
    void refusesAFileWithoutAMapping() {
        assertThatThrownBy(() -> YamlSplice.set("c.yml", "- a", Map.of("a", "b"))).isInstanceOf(InputException.class)
                .hasMessageContaining("c.yml: the file is not one mapping");
    }

    private static Map<String, Object> services(String name, Map<String, Object> values) {
        return Map.of("services", Map.of(name, values));
    }

    @Test
    void anItemTakesThePlaceOfTheOneWithItsIdentity() {
        var values = Map.<String, Object>of("list", new YamlSplice.Appended(List.of("b:2", "c:3"), item -> String
                .valueOf(item instanceof YamlWriter.Verbatim text ? text.text() : item).charAt(0)));
        assertThat(YamlSplice.set("it", """
                list:
                  - 'a:1' # first
                  - b:1 # second
                """, values)).isEqualTo("""
                list:
                  - 'a:1' # first
                  - b:2 # second
                  - c:3
                """);
        assertThat(YamlSplice.set("it", "list: [a:1, 'b:1']\n", values)).isEqualTo("list: [a:1, b:2, c:3]\n");
    }

    @Test
    void aMappingMayTakeThePlaceOfAnItemInShortForm() {
        var mount = new LinkedHashMap<String, Object>(Map.of("target", "/a"));
        mount.put("read_only", true);
        assertThat(YamlSplice.set("it", """
                volumes:
                  - ./a:/a
                  - b:/b
                """,
                Map.of("volumes", new YamlSplice.Appended(List.of(mount), item -> item.toString().contains("/a")))))
                .isEqualTo("""
                        volumes:
                          - target: /a
                            read_only: true
                          - b:/b
                        """);
    }
}
