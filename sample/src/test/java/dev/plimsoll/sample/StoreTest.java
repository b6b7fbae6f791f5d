package dev.plimsoll.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.plimsoll.runtime.pool.Pool;
import dev.plimsoll.runtime.tag.LocalGenerations;
import dev.plimsoll.runtime.telemetry.Traces;
import dev.plimsoll.sample.ingest.Announcements;
import dev.plimsoll.sample.search.Vector;
import dev.plimsoll.sample.store.Conversations;
import dev.plimsoll.sample.store.Cursor;
import dev.plimsoll.sample.store.Database;
import dev.plimsoll.sample.store.Documents;
import dev.plimsoll.sample.store.Passages;
import dev.plimsoll.sample.store.Questions;
import dev.plimsoll.sample.store.Schema;
import dev.plimsoll.sample.store.Sources;
import dev.plimsoll.sample.store.Tokens;
import dev.plimsoll.sample.text.Format;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// What the tables promise, on a real database.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StoreTest {
    private final Servers servers;
    private final Pool pool;
    private final Database database;
    private final Documents documents;
    private final Questions questions;
    private final Tokens tokens;

    StoreTest(@TempDir Path directory) throws IOException, InterruptedException, SQLException {
        servers = new Servers(directory).startPostgres();
        var settings = Settings.of(Map.of("DATABASE_URL", servers.databaseUrl()));
        Schema.migrate(settings.migrationUrl());
        pool = Pool.open(settings.database(), settings.pool().sized(1, 3), Optional.empty());
        database = new Database(pool, new SimpleMeterRegistry(), Traces.none());
        documents = new Documents(database);
        questions = new Questions(database);
        tokens = new Tokens(database);
    }

    @AfterAll
    void stop() {
        pool.close();
        servers.close();
    }

    @BeforeEach
    void clear() {
        for (var table : List.of("documents", "questions", "conversations", "tokens")) {
            database.update("clear", "DELETE FROM " + table);
        }
    }

    private long added(String source, String title) {
        return documents.add(source, title, Format.TEXT, "The tide turns late.".getBytes(StandardCharsets.UTF_8)).id();
    }

    /// Many rows may be of one moment, as those of one import are.
    @Test
    void pagesEndWithinAMomentWithoutLosingOrRepeatingRows() {
        var conversations = new Conversations(database);
        var first = conversations.add("first").id();
        var all = new ArrayList<>(List.of(first, conversations.add("second").id(), conversations.add("third").id()));
        for (var time = 0; time < 3; time++) {
            conversations.exchange(first, "question " + time, "answer " + time);
        }
        database.update("moment", "UPDATE conversations SET created_at = '2026-01-01'");
        database.update("moment", "UPDATE messages SET created_at = '2026-01-01'");
        var page = conversations.after(Cursor.START, 2);
        var next = Cursor.parse(page.getLast().cursor().toString()).orElseThrow();
        page.addAll(conversations.after(next, 2));
        assertThat(page).extracting(Conversations.Conversation::id).isEqualTo(all);
        var messages = conversations.messagesAfter(first, Cursor.START, 4);
        messages.addAll(conversations.messagesAfter(first, messages.getLast().cursor(), 4));
        assertThat(messages).extracting(Conversations.Message::text).containsExactly("question 0", "answer 0",
                "question 1", "answer 1", "question 2", "answer 2");
    }

    @Test
    void aTokenThatWasRevokedStaysSoAtTheNextStart() {
        tokens.ensure("API_TOKEN", "chosen by the operator");
        var other = tokens.create("guest");
        var id = tokens.check("chosen by the operator").orElseThrow();
        assertThat(tokens.revoke(id)).isTrue();
        assertThat(tokens.revoke(id)).isFalse();
        tokens.ensure("API_TOKEN", "chosen by the operator");
        assertThat(tokens.check("chosen by the operator")).isEmpty();
        assertThat(tokens.list()).extracting(Tokens.Token::id).containsExactly(other.id());
        assertThat(tokens.any()).isTrue();
        tokens.revoke(other.id());
        assertThat(tokens.any()).isFalse();
    }

    @Test
    void whoeverRevokedAllTokensIsToldSoAtTheNextStart() {
        tokens.ensure("API_TOKEN", "chosen by the operator");
        tokens.revoke(tokens.check("chosen by the operator").orElseThrow());
        var environment = Map.of("DATABASE_URL", servers.databaseUrl(), "PORT", "0");
        assertThatThrownBy(() -> Room.open(Settings.of(environment))).hasMessageStartingWith(
                "API_TOKEN: is not set, and no other token is valid");
        var revoked = new HashMap<>(environment);
        revoked.put("API_TOKEN", "chosen by the operator");
        assertThatThrownBy(() -> Room.open(Settings.of(revoked))).isInstanceOf(SettingException.class)
                .hasMessageStartingWith("API_TOKEN: was revoked, and no other token is valid");
    }

    @Test
    void aTokenThatTheOperatorChoseTakesThePlaceOfTheOneBeforeAndOfNoOther() {
        var guest = tokens.create("guest");
        tokens.ensure("API_TOKEN", "chosen first by the operator");
        tokens.ensure("API_TOKEN", "chosen then by the operator");
        assertThat(tokens.check("chosen first by the operator")).isEmpty();
        assertThat(tokens.check("chosen then by the operator")).isPresent();
        assertThat(tokens.check(guest.secret())).isPresent();
        tokens.ensure("API_TOKEN", "chosen first by the operator");
        assertThat(tokens.check("chosen first by the operator")).isPresent();
        assertThat(tokens.check("chosen then by the operator")).isEmpty();
    }

    @Test
    void aSyncLetsAllOfASourceThatIsNotReadyWaitAgain() {
        var waiting = added("late", "Tide");
        var failed = added("late", "Broken");
        documents.failed(failed, "holds no text");
        var ready = added("late", "Moths");
        ready(ready);
        documents.failed(added("other", "Elsewhere"), "holds no text");
        assertThat(documents.sync("late")).containsExactlyInAnyOrder(waiting, failed);
        assertThat(documents.find(failed).orElseThrow().problem()).isEmpty();
        assertThat(documents.find(ready).orElseThrow().state()).isEqualTo("ready");
        assertThat(documents.waiting()).containsExactly(waiting, failed);
    }

    @Test
    void whatCouldNotBeAnnouncedIsAnnouncedLater() {
        ready(added("late", "Tide"));
        var told = new CopyOnWriteArrayList<String>();
        try (var unreachable = Announcements.open(documents, source -> false)) {
            unreachable.tell();
        }
        assertThat(documents.unannounced()).extracting(Documents.Unannounced::source).containsExactly("late");
        try (var reachable = Announcements.open(documents, told::add)) {
            reachable.tell();
        }
        assertThat(told).contains("late");
        assertThat(documents.unannounced()).isEmpty();
    }

    @Test
    void aChangeOfASourceMakesAnswersFromAllSourcesStaleAndThoseOfOthersNot() {
        var generations = new LocalGenerations();
        var own = generations.stamp(Sources.tags("late"));
        var ofAll = generations.stamp(Sources.tags(""));
        var other = generations.stamp(Sources.tags("other"));
        assertThat(new Sources(generations).changed("late")).isTrue();
        assertThat(generations.isCurrent(own)).isFalse();
        assertThat(generations.isCurrent(ofAll)).isFalse();
        assertThat(generations.isCurrent(other)).isTrue();
    }

    private void ready(long document, String... passages) {
        documents.ready(document, new Documents.Read(List.of(passages), Stream.of(passages).map(text -> Vector.NONE)
                .toList()));
    }

    @Test
    void passagesWithMoreOfTheWordsComeFirstAndOfSeveralAlikeTheOldest() {
        ready(added("late", "Tide"), "The tide turns.", "Late moths follow the tide.", "The tide rises.", "Nothing.");
        ready(added("other", "Elsewhere"), "The moths and the tide.");
        var passages = new Passages(database);
        assertThat(passages.byWord("Which moths come late with the tides?", "late", 3)).extracting(
                Passages.Candidate::title, Passages.Candidate::ordinal).containsExactly(tuple("Tide", 1),
                        tuple("Tide",
                                0),
                        tuple("Tide", 2));
        assertThat(passages.byWord("moths", "", 9)).extracting(Passages.Candidate::text).containsExactlyInAnyOrder(
                "Late moths follow the tide.", "The moths and the tide.");
        assertThat(passages.byWord("tide", "", 2)).hasSize(2);
        assertThat(passages.byWord("Who, where?", "", 9)).isEmpty();
    }

    /// It is lost with half a second of others at worst; what people write is not.
    @Test
    void onlyWhatWasAskedDoesNotWaitForTheDisk() {
        var setting = "current_setting('synchronous_commit')";
        database.update("witness", "ALTER TABLE questions ADD COLUMN seen text NOT NULL DEFAULT " + setting);
        try {
            asked("late", "Once?", 0.1);
            assertThat(database.first("seen", "SELECT seen FROM questions", row -> row.getString(1))).contains("off");
        } finally {
            database.update("witness", "ALTER TABLE questions DROP COLUMN seen");
        }
        for (var connections = 0; connections < 3; connections++) {
            assertThat(database.first("seen", "SELECT " + setting, row -> row.getString(1))).contains("on");
        }
    }

    private void asked(String source, String text, double confidence, Long... cited) {
        questions.add(new Questions.Asked(source, text, text.toLowerCase(Locale.ROOT), confidence, List.of(
                cited), false));
    }

    @Test
    void gapsAreQuestionsThatWereNeverAnsweredWellTheMostAskedFirst() {
        asked("late", "Once?", 0.1);
        asked("late", "Often?", 0.1);
        asked("late", "often?", 0.3);
        asked("late", "Well at last?", 0.2);
        asked("late", "Well at last?", 0.9);
        asked("other", "Elsewhere?", 0.1);
        asked("late", "Long ago?", 0.1);
        database.update("past", "UPDATE questions SET asked_at = now() - interval '31 days' WHERE text = 'Long ago?'");
        assertThat(questions.gaps("late", 0.4, 30, 50)).extracting(Questions.Gap::question, Questions.Gap::asked)
                .containsExactly(tuple("often?", 2L),
                        tuple("Once?", 1L));
        assertThat(questions.gaps("", 0.4, 30, 50)).extracting(Questions.Gap::question).contains("Elsewhere?");
        assertThat(questions.gaps("late", 0.4, 30, 1)).hasSize(1);
    }

    @Test
    void whatNoReportCountsAnyMoreIsForgotten() {
        asked("kept", "Just now?", 0.1);
        database.update("past", "INSERT INTO questions (source, text, folded, confidence, document_ids, from_cache, "
                + "asked_at) SELECT 'past', 'Long ago?', '', 0, '{}', false, now() - interval '91 days' FROM "
                + "generate_series(1, 6000)");
        assertThat(questions.forget(92)).isFalse();
        assertThat(questions.forget(90)).as("whether there may be more").isTrue();
        assertThat(questions.forget(90)).isFalse();
        assertThat(
                database.first("left", "SELECT string_agg(text, ',') FROM questions WHERE source IN ('past', 'kept')",
                        row -> row.getString(1)))
                .contains("Just now?");
    }

    @Test
    void impactIsTheShareOfAnswersThatRestOnADocumentAndOfThoseThatRestOnNoOther() {
        var tide = added("late", "Tide");
        var moths = added("late", "Moths");
        asked("late", "Alone?", 0.9, tide);
        asked("late", "Together?", 0.9, tide, moths);
        asked("late", "Moths?", 0.9, moths);
        asked("late", "Tide again?", 0.9, tide);
        asked("late", "Nothing?", 0.1);
        assertThat(questions.impact("late", 30, 50)).containsExactly(new Questions.Impact(tide, "Tide", "late", 3, 0.75,
                2), new Questions.Impact(moths, "Moths", "late", 2, 0.5, 1));
        assertThat(questions.impact("other", 30, 50)).isEmpty();
    }
}
