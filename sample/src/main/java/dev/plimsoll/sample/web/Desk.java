package dev.plimsoll.sample.web;

import dev.plimsoll.sample.answer.Answer;
import dev.plimsoll.sample.answer.Asking;
import dev.plimsoll.sample.report.Reports;
import dev.plimsoll.sample.store.Conversations;
import dev.plimsoll.sample.store.Cursor;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Questions, conversations and reports.
public final class Desk {
    private static final int PAGE = 50;
    private static final int LARGEST_PAGE = 500;
    private static final int LONGEST_QUESTION = 2000;

    private final Asking asking;
    private final Conversations conversations;
    private final Reports reports;

    public Desk(Asking asking, Conversations conversations, Reports reports) {
        this.asking = asking;
        this.conversations = conversations;
        this.reports = reports;
    }

    record Question(Optional<String> question, Optional<String> source) {}

    record Title(Optional<String> title) {}

    record Answered(String answer, double confidence, String model, boolean cached, List<Answer.Citation> citations) {}

    public List<Route> routes() {
        return List.of(Route.guarded("POST", "/api/questions", call -> Reply.ok(ask(call))),
                Route.guarded("POST", "/api/conversations", call -> Reply.created(conversations.add(Texts.text(Json
                        .read(call, Title.class).title().orElse(""), 300)))),
                Route.guarded("GET", "/api/conversations", call -> paged(call, page -> conversations.page(page.number(),
                        page.limit()), page -> conversations.after(page.cursor(), page.limit()),
                        last -> last.cursor())),
                Route.guarded("GET", "/api/conversations/{id}/messages", this::messages),
                Route.guarded("POST", "/api/conversations/{id}/messages", this::converse),
                Route.guarded("GET", "/api/reports/gaps", call -> Reply.ok(reports.gaps(source(call)))),
                Route.guarded("GET", "/api/reports/impact", call -> Reply.ok(reports.impact(source(call)))));
    }

    private Answered ask(Call call) throws IOException {
        var question = Json.read(call, Question.class);
        var reply = asking.ask(question.source().map(Texts::source).orElse(""), text(question));
        var answer = reply.answer();
        return new Answered(answer.text(), answer.confidence(), answer.model(), reply.cached(), answer.citations());
    }

    private static String text(Question question) {
        return Texts.text(question.question().orElseThrow(() -> new Refusal(400,
                "ask something, as in {\"question\": \"Who wrote Walden?\"}")), LONGEST_QUESTION);
    }

    private Reply converse(Call call) throws IOException {
        var conversation = conversation(call);
        var question = Json.read(call, Question.class);
        var text = text(question);
        var reply = asking.ask(question.source().map(Texts::source).orElse(""), text);
        conversations.exchange(conversation, text, reply.answer().text());
        return Reply.created(new Answered(reply.answer().text(), reply.answer().confidence(), reply.answer().model(),
                reply.cached(), reply.answer().citations()));
    }

    private Reply messages(Call call) {
        var id = conversation(call);
        return paged(call, page -> conversations.messagesPage(id, page.number(), page.limit()),
                page -> conversations.messagesAfter(id, page.cursor(), page.limit()), last -> last.cursor());
    }

    private long conversation(Call call) {
        return conversations.find(call.id()).orElseThrow(() -> new Refusal(404, "there is no conversation " + call
                .id())).id();
    }

    private record Wanted(int number, Cursor cursor, int limit) {}

    private static <T> Reply paged(Call call, Function<Wanted, List<T>> byNumber, Function<Wanted, List<T>> byCursor,
            Function<T, Cursor> cursor) {
        var after = call.query("after").map(text -> Cursor.parse(text).orElseThrow(() -> new Refusal(400,
                "`after` is the `next` of the page before"))).orElse(Cursor.START);
        var wanted = new Wanted(call.number("page", 0, 0, Integer.MAX_VALUE), after, call.number("limit", PAGE, 1,
                LARGEST_PAGE));
        var found = call.query("page").isPresent() ? byNumber.apply(wanted) : byCursor.apply(wanted);
        return Reply.ok(new Library.Page<>(found, found.size() < wanted.limit()
                ? Optional.empty()
                : Optional.of(cursor.apply(found.getLast()).toString())));
    }

    private static String source(Call call) {
        return call.query("source").map(Texts::source).orElse("");
    }
}
