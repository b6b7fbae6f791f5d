package dev.plimsoll.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.source.InputException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrafficFileTest {
    private static final String WHOLE = """
            url: http://127.0.0.1:8080
            headers: {Accept: application/json}
            data: {users: users.csv}
            requests:
              - name: new
                method: post
                path: /books
                weight: 2
                headers: {accept: text/plain, X-Id: "{{uuid}}"}
                body: '{"by": "{{users.name}}", "n": {{int 1 9}}}'
                expect: [200, 201]
                extract: {id: {json: /id}, token: {regex: 'token=(\\w+)'}}
              - path: /books/{{id}}?t={{token}}
            profiles:
              calm: {rate: 20, for: 30s, p99: 300ms, errors: 1%}
              rush: {rate: 20, spike: 200, for: 10s, recovery: 5s}
              pool: {clients: 8, for: 1m, p50: 20ms}
            """;

    private static Traffic read(String text) {
        return TrafficFile.read("traffic.yml", text, name -> name.equals("users.csv")
                ? Optional.of("name,\"full\"\"name\"\nann,\"Ann, A.\"\nbob,Bob\n")
                : Optional.empty());
    }

    @Test
    void everythingAtOnce() {
        var traffic = read(WHOLE);
        assertThat(traffic.url()).hasValue("http://127.0.0.1:8080");
        var create = traffic.requests().getFirst();
        assertThat(create.method()).isEqualTo("POST");
        assertThat(create.weight()).isEqualTo(2);
        assertThat(create.headers()).containsOnlyKeys("accept", "X-Id");
        assertThat(create.expects(201)).isTrue();
        assertThat(create.expects(204)).isFalse();
        assertThat(create.extractions()).extracting(one -> one.from("{\"id\": 7, \"x\": \"token=ab1\"}").orElse(""))
                .containsExactly("7", "ab1");
        assertThat(traffic.requests().getLast().needs()).containsExactly("id", "token");
        assertThat(traffic.tables().get("users")).satisfies(table -> assertThat(table.cell(2, "full\"name")).isEqualTo(
                "Ann, A."));
        assertThat(traffic.profiles()).extracting(Profile::name).containsExactly("calm", "rush", "pool");
        assertThat(traffic.profiles().getLast().arrivals()).isEqualTo(new Arrivals.Closed(8, Duration.ofSeconds(2),
                Duration.ofMinutes(1)));
        assertThat(traffic.profiles().getFirst().objectives()).containsExactly(
                new Objective(Objective.Measure.P99, 300),
                new Objective(Objective.Measure.ERROR_RATE, 0.01));
    }

    @Test
    void everyProblemIsReportedAtOnceWithItsLine() {
        assertThatThrownBy(() -> read("""
                requests:
                  - path: books
                    weight: 0
                  - method: FETCH
                    path: /{{nobody}}
                  - path: /{{int 9 1}}
                    speed: 3
                  - name: none
                    expect: ok
                profiles:
                  odd: {rate: 1, clients: 2}
                  half: {clients: 1.5}
                """)).isInstanceOfSatisfying(InputException.class, bad -> assertThat(bad.text()).contains(
                "traffic.yml:2:11: a path begins with `/`", "traffic.yml:3:13: `0` is no usable number",
                "traffic.yml:4:13: `FETCH`", "no request extracts `nobody`", "`{{int 9 1}}` is no placeholder",
                "traffic.yml:7:5: `speed` is not known here", "this request has no path",
                "a profile has either a rate or clients", "traffic.yml:12:19: `1.5` is no whole number"));
    }

    @Test
    void columnsMustExist() {
        assertThatThrownBy(() -> read("data: {users: users.csv, more: none.csv}\nrequests: [{path: '/{{users.age}}'}]"))
                .isInstanceOfSatisfying(InputException.class, bad -> assertThat(bad.text()).contains(
                        "there is no column `age` in data `users`", "`none.csv` is no CSV file"));
    }

    @Test
    void anEmptyFileSaysWhatIsNeeded() {
        assertThatThrownBy(() -> read("")).isInstanceOf(InputException.class).hasMessageContaining("requests:");
        assertThatThrownBy(() -> read("url: http://a\n")).isInstanceOf(InputException.class).hasMessageContaining(
                "requests:");
    }
}
