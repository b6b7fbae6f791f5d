package dev.plimsoll.run.docker;

import dev.plimsoll.observe.Container;
import dev.plimsoll.observe.Question;
import dev.plimsoll.observe.Question.Answer;
import dev.plimsoll.run.Command;
import dev.plimsoll.run.Credentials;
import dev.plimsoll.run.Credentials.Login;
import dev.plimsoll.run.Shell;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Asks servers through the command-line clients in their own containers.
final class Consoles {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /// Error replies begin with a word in capitals; the others are the client's own.
    private static final Pattern REFUSAL = Pattern.compile("(?:[A-Z]{3,}[A-Z0-9]* |Could not connect |AUTH failed: ).*",
            Pattern.DOTALL);

    private final Shell shell;
    private final Credentials credentials;
    /// By container: the login that worked last.
    private final Map<String, Login> known = new ConcurrentHashMap<>();

    Consoles(Shell shell, Credentials credentials) {
        this.shell = shell;
        this.credentials = credentials;
    }

    /// Over the local socket, which images leave open to whoever is in the container.
    Answer sql(Container container, Question.Sql question) {
        var login = credentials.postgres(container);
        var database = question.database().isEmpty() ? credentials.database(container) : question.database();
        var words = List.of("psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-U", login.user(), "-d", database);
        var command = Docker.exec(container.id(), password("PGPASSWORD", login), words)
                .withInput(question.statement() + "\n");
        var answer = run(command);
        if (!answer.succeeded() && answer.err().contains("Peer authentication failed")) {
            var asPostgres = Docker.joined(List.of("docker", "exec", "-u", "postgres"),
                    command.words().subList(2, command.words().size()));
            answer = run(new Command(asPostgres, command.environment(), command.input(), command.timeout()));
        }
        return answered(answer);
    }

    Answer redis(Container container, Question.Redis question) {
        Answer last = new Answer.None("no login is known");
        for (var login : logins(container)) {
            last = redis(container, question, login);
            if (last instanceof Answer.None(_, var silent) && silent) {
                return last;
            }
            if (last instanceof Answer.Text) {
                known.put(container.id(), login);
                return last;
            }
        }
        return last;
    }

    private List<Login> logins(Container container) {
        return Stream.concat(Optional.ofNullable(known.get(container.id())).stream(),
                credentials.redis(container).stream()).distinct().toList();
    }

    private Answer redis(Container container, Question.Redis question, Login login) {
        var clients = container.image().contains("valkey")
                ? List.of("valkey-cli", "redis-cli")
                : List.of("redis-cli", "valkey-cli");
        var answer = new Shell.Result(Shell.NOT_FOUND, "", "neither redis-cli nor valkey-cli is in the container");
        for (var client : clients) {
            var words = login.user().isEmpty()
                    ? List.of(client, "--raw")
                    : List.of(client, "--raw", "--user",
                            login.user());
            answer = run(Docker.exec(container.id(), password(login, container),
                    Docker.joined(words, question.words())));
            if (!isAbsent(answer)) {
                break;
            }
        }
        var refused = answer.out().strip();
        return REFUSAL.matcher(refused).matches()
                ? new Answer.None(refused.lines().findFirst().orElse(refused))
                : answered(answer);
    }

    /// By the client in PgBouncer's own container, else by that of a Postgres container in the same network.
    Answer pooler(Container container, Question.PoolerConsole question, Optional<Container> postgres) {
        Answer last = new Answer.None("no login is known");
        var refused = Optional.<Answer>empty();
        for (var login : credentials.pooler(container)) {
            for (var port : ports(container)) {
                var inside = run(console(container.id(), "127.0.0.1", port, login, question));
                var answer = isAbsent(inside) && postgres.isPresent()
                        ? run(console(postgres.get().id(), container.service(), port, login, question))
                        : inside;
                last = answered(answer);
                if (last instanceof Answer.Text || last instanceof Answer.None(_, var silent) && silent) {
                    return last;
                }
                if (answer.err().contains("FATAL") || answer.err().contains("ERROR")) {
                    refused = refused.or(() -> Optional.of(answered(answer)));
                }
            }
        }
        // Whoever listens says more than a port where nobody does.
        return refused.orElse(last);
    }

    private static List<String> ports(Container container) {
        return Stream.of(Optional.ofNullable(container.environment().get("LISTEN_PORT")),
                Optional.ofNullable(container.environment().get("PGBOUNCER_PORT")), Optional.of("5432"),
                Optional.of("6432")).flatMap(Optional::stream).filter(port -> port.matches("\\d{1,5}")).distinct()
                .toList();
    }

    private static Command console(String id, String host, String port, Login login,
            Question.PoolerConsole question) {
        var variables = new LinkedHashMap<>(password("PGPASSWORD", login));
        variables.put("PGCONNECT_TIMEOUT", "3");
        return Docker.exec(id, variables, List.of("psql", "-X", "-q", "--csv", "-w", "-v",
                "ON_ERROR_STOP=1", "-h", host, "-p", port, "-U", login.user(), "-d", "pgbouncer", "-c",
                question.statement()));
    }

    private Shell.Result run(Command command) {
        return shell.run(command.within(PATIENCE));
    }

    /// A container's own VALKEYCLI_AUTH, which valkey-cli knows from version 9 on, would win over the older name.
    private static Map<String, String> password(Login login, Container container) {
        var password = new LinkedHashMap<>(password("REDISCLI_AUTH", login));
        if (!password.isEmpty() && container.environment().containsKey("VALKEYCLI_AUTH")) {
            password.put("VALKEYCLI_AUTH", login.password());
        }
        return password;
    }

    private static Map<String, String> password(String variable, Login login) {
        return login.password().isEmpty() ? Map.of() : Map.of(variable, login.password());
    }

    /// Whether the container lacks the program; engines and their versions word it differently.
    static boolean isAbsent(Shell.Result answer) {
        return answer.code() == 126 || answer.code() == Shell.NOT_FOUND
                || answer.err().contains("executable file not found");
    }

    static Answer answered(Shell.Result answer) {
        return answer.succeeded()
                ? new Answer.Text(answer.out().endsWith("\n")
                        ? answer.out().substring(0, answer.out().length() - 1)
                        : answer.out())
                : new Answer.None(answer.reason(), answer.code() == Shell.TIMED_OUT);
    }
}
