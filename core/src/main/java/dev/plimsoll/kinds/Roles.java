package dev.plimsoll.kinds;

import java.util.Locale;
import java.util.regex.Pattern;

/// Tells from its users what a Redis-like service is for.
final class Roles {
    private static final Pattern QUEUE_PROGRAM = Pattern.compile("celery|rq|rqworker|sidekiq|resque|dramatiq|huey|arq|"
            + "flower|bullmq|taskiq|procrastinate|saq|horizon");
    private static final Pattern QUEUE_VARIABLE = Pattern.compile("(?:.*_)?(?:CELERY|BROKER|QUEUE|QUEUES|BULL|BULLMQ|"
            + "SIDEKIQ|RESQUE|HORIZON|DRAMATIQ|RQ|ARQ|JOBS?)(?:_.*)?");
    private static final Pattern QUEUE_IMAGE = Pattern.compile(".*(?:n8n|mastodon|sidekiq|langfuse|celery|airflow|"
            + "ghostfolio|superset|sentry|gitlab|discourse|chatwoot|outline|immich|authentik|plane|dify|worker|zammad|"
            + "postiz|twenty|calcom|typebot|activepieces|openproject|docuseal|nocodb|netbox|paperless|baserow|posthog|"
            + "pixelfed|peertube|firecrawl|queue).*");

    private Roles() {}

    static Recognised refine(Recognised service, Inventory inventory) {
        if (service.role() != Role.CACHE || !service.is("redis")) {
            return service;
        }
        var said = service.hints().role();
        if (said.isPresent()) {
            return service.as(switch (said.get().value()) {
                case CACHE -> Role.CACHE;
                case STORE -> Role.DATABASE;
                case QUEUE -> Role.BROKER;
            });
        }
        var clients = inventory.clientsOf(service);
        if (clients.stream().anyMatch(client -> isNamedQueue(client, service))) {
            return service.as(Role.BROKER);
        }
        if (isNamedCache(service) && inventory.ofKind("redis").anyMatch(other -> !isNamedCache(other))) {
            return service.as(Role.CACHE);
        }
        var queues = clients.stream().anyMatch(Roles::isLikelyQueuing);
        return service.as(queues ? Role.BROKER : Role.CACHE);
    }

    /// Where there are several, their names tell them apart.
    private static boolean isNamedCache(Recognised redis) {
        return redis.name().toLowerCase(Locale.ROOT).contains("cache");
    }

    /// Whether a client says that this one is its queue.
    private static boolean isNamedQueue(Recognised client, Recognised redis) {
        return client.service().environment().entrySet().stream()
                .anyMatch(entry -> QUEUE_VARIABLE.matcher(entry.getKey()).matches()
                        && entry.getValue().value().contains(redis.name()));
    }

    private static boolean isLikelyQueuing(Recognised client) {
        return client.role() == Role.WORKER
                || client.clues().invocations().stream().anyMatch(run -> QUEUE_PROGRAM.matcher(run.program()).matches())
                || client.service().image().filter(image -> QUEUE_IMAGE.matcher(image.value().toLowerCase(Locale.ROOT))
                        .matches()).isPresent();
    }
}
