package dev.plimsoll.render;

import dev.plimsoll.kinds.DeclaredPool;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.plan.ServicePlan;
import dev.plimsoll.source.Located;
import java.util.Locale;
import java.util.Optional;

/// How an application holds its database connections.
enum Framework {
    SQLALCHEMY, DJANGO, CELERY, HIKARI, RAILS, SIDEKIQ, PRISMA, NODE, OTHER;

    /// Rails' own default of RAILS_MAX_THREADS before 7.2, and Puma's of its threads.
    private static final int RUBY_THREADS = 5;
    /// SQLAlchemy: a pool of 10 and 20 more at a peak.
    private static final int SQLALCHEMY_MOST = 30;
    /// HikariCP: 10 at rest and 30 at most, by the same rule, so that both can be sized alike.
    private static final int HIKARI_MOST = 30;
    /// The max of node-postgres is 10 unless set.
    private static final int USUAL_POOL = 10;

    static Framework of(ServicePlan plan, Recognised service) {
        return switch (plan.kind()) {
            case "celery" -> CELERY;
            case "sidekiq" -> SIDEKIQ;
            case "ruby" -> RAILS;
            case "jvm" -> HIKARI;
            case "node" -> says(service, "prisma") ? PRISMA : NODE;
            case "gunicorn", "python", "python-worker" -> says(service, "django") || says(service, "manage.py")
                    || says(service, "wsgi") && !says(service, "postgresql+") ? DJANGO : SQLALCHEMY;
            default -> OTHER;
        };
    }

    /// Whether the service's environment or command holds a word.
    private static boolean says(Recognised service, String word) {
        return service.service().environment().entrySet().stream().anyMatch(entry -> has(entry.getKey(), word)
                || has(entry.getValue().value(), word))
                || service.clues().invocations().stream().anyMatch(run -> has(run.program(), word)
                        || run.arguments().stream().anyMatch(argument -> has(argument.value(), word)));
    }

    private static boolean has(String text, String word) {
        return text.toLowerCase(Locale.ROOT).contains(word);
    }

    /// Processes of one container with a pool of their own.
    int processes(ServicePlan plan) {
        return switch (this) {
            case SQLALCHEMY, DJANGO, CELERY, RAILS -> plan.lever().isPresent() ? Math.max(1, plan.level()) : 1;
            case SIDEKIQ, HIKARI, PRISMA, NODE, OTHER -> 1;
        };
    }

    /// Connections one process would like to hold at a peak.
    int wanted(ServicePlan plan, Recognised service) {
        var declared = said(service).or(() -> DeclaredPool.of(service).map(DeclaredPool::each)).filter(
                count -> count > 0);
        return switch (this) {
            case SQLALCHEMY, HIKARI, PRISMA, NODE, OTHER -> declared.orElseGet(() -> usual(plan, service));
            // As many as work at once: a larger pool is not filled.
            case DJANGO, CELERY, RAILS, SIDEKIQ -> Math.min(usual(plan, service), declared.orElse(Integer.MAX_VALUE));
        };
    }

    /// Whether its pool fills under load, so that its size is what the database sees. Elsewhere it is the number of
    /// threads or children, and a smaller pool would only make a task wait for its second connection.
    boolean fillsItsPool() {
        return switch (this) {
            case SQLALCHEMY, HIKARI, PRISMA, NODE, OTHER -> true;
            case DJANGO, CELERY, RAILS, SIDEKIQ -> false;
        };
    }

    private Optional<Integer> said(Recognised service) {
        return switch (this) {
            case HIKARI, PRISMA, NODE, OTHER -> service.hints().connections().map(Located::value);
            case SQLALCHEMY, DJANGO, CELERY, RAILS, SIDEKIQ -> Optional.empty();
        };
    }

    private int usual(ServicePlan plan, Recognised service) {
        return switch (this) {
            case SQLALCHEMY -> SQLALCHEMY_MOST;
            case DJANGO -> service.settings().integer("threads").filter(count -> count > 0).orElse(1);
            // A child does one task at a time; a second connection covers code that opens its own.
            case CELERY -> 2;
            case RAILS -> service.service().variable("RAILS_MAX_THREADS").flatMap(value -> value.value().matches(
                    "[1-9]\\d{0,2}") ? Optional.of(Integer.parseInt(value.value())) : Optional.empty())
                    .orElse(RUBY_THREADS);
            case SIDEKIQ -> Math.max(1, plan.level());
            case HIKARI -> HIKARI_MOST;
            case PRISMA, NODE, OTHER -> USUAL_POOL;
        };
    }
}
