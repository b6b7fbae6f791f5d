package dev.plimsoll.sample;

import java.io.IOException;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/// Starts the service, fills it, or asks it for its health. Ends with 0, with 2 for a wrong setting or argument, with 3
/// when the database cannot be reached, with 1 when anything else keeps it from starting.
public final class Main {
    private static final Logger LOG = LoggerFactory.getLogger(Main.class);
    private static final String USAGE = "usage: java -jar reading-room.jar [serve | seed --documents N | health]";

    private Main() {}

    public static void main(String[] arguments) throws InterruptedException {
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        System.exit(run(List.of(arguments), System.getenv(), System.err));
    }

    static int run(List<String> arguments, Map<String, String> environment, PrintStream errors)
            throws InterruptedException {
        try {
            return switch (arguments.isEmpty() ? "serve" : arguments.getFirst()) {
                case "serve" -> serve(Settings.of(environment), documents("SEED_DOCUMENTS", Settings.text(environment,
                        "SEED_DOCUMENTS").orElse("0")));
                case "seed" -> seed(Settings.of(environment), arguments);
                case "health" -> health(environment);
                default -> throw new SettingException(arguments.getFirst(), "is not a command", USAGE);
            };
        } catch (SettingException wrong) {
            errors.println("reading-room: " + wrong.getMessage());
            return 2;
        } catch (SQLException | FlywayException missing) {
            errors.println("reading-room: DATABASE_URL: " + String.valueOf(missing.getMessage()).strip()
                    + "\nhelp: start the database, and compare address and password");
            return 3;
        } catch (IOException missing) {
            errors.println("reading-room: " + missing.getMessage());
            return 3;
        } catch (RuntimeException | Error failure) {
            LOG.error("the service ends", failure);
            errors.println("reading-room: it cannot start: " + failure.getMessage());
            return 1;
        }
    }

    /// @param seeded documents that are there before it answers
    private static int serve(Settings settings, int seeded) throws SQLException, IOException, InterruptedException {
        Door.check(settings.host(), settings.port());
        if (seeded > 0) {
            Seed.run(settings, seeded);
        }
        var stopped = new CountDownLatch(1);
        var room = Room.open(settings);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("shutdown").unstarted(() -> {
            room.close();
            stopped.countDown();
        }));
        stopped.await();
        return 0;
    }

    private static int seed(Settings settings, List<String> arguments) throws SQLException {
        if (arguments.size() != 3 || !arguments.get(1).equals("--documents")) {
            throw new SettingException("seed", "needs a number of documents", USAGE);
        }
        Seed.run(settings, documents("--documents", arguments.get(2)));
        return 0;
    }

    private static int documents(String name, String text) {
        if (!text.matches("\\d{1,6}")) {
            throw new SettingException(name, "is no number of documents: `" + text + "`", "write 0 to 999999");
        }
        return Integer.parseInt(text);
    }

    /// For a container's health check, which has no other program to ask with.
    private static int health(Map<String, String> environment) throws IOException {
        var connection = (HttpURLConnection) URI.create("http://127.0.0.1:" + Settings.port(environment)
                + "/api/health").toURL().openConnection();
        connection.setConnectTimeout(2000);
        connection.setReadTimeout(5000);
        return connection.getResponseCode() == 200 ? 0 : 1;
    }
}
