package dev.plimsoll.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A project that is rendered, for the tests of the command.
abstract class RenderedProject {
    static final String COMPOSE = """
            # the shop
            services:
              db:
                image: postgres:17   # the database
                environment:
                  POSTGRES_PASSWORD: ${SHOP_DB_PASSWORD:?set it}
                ports: ["5432:5432"]
              api:
                image: example/web:1
                command: gunicorn a:b -w 4
                environment:
                  DATABASE_URL: postgres://postgres:${SHOP_DB_PASSWORD}@db/postgres
                  STRIPE_SECRET_KEY: ${STRIPE_SECRET_KEY}
                depends_on: [db]
            """;

    @TempDir
    Path directory = Path.of("");

    @BeforeEach
    void writeProject() throws IOException {
        Files.writeString(directory.resolve("compose.yml"), COMPOSE);
    }

    Run render(Object... more) {
        var args = new ArrayList<Object>(List.of("render", directory));
        args.addAll(List.of(more));
        return Run.of(args.toArray());
    }

    String read(String path) throws IOException {
        return Files.readString(directory.resolve(path));
    }

    Map<String, String> rendered() throws IOException {
        var texts = new TreeMap<String, String>();
        try (var all = Files.walk(directory.resolve("plimsoll"))) {
            for (var file : all.filter(Files::isRegularFile).filter(path -> !path.toString().contains("/.plimsoll/"))
                    .toList()) {
                texts.put(directory.relativize(file).toString(), Files.readString(file));
            }
        }
        return texts;
    }
}
