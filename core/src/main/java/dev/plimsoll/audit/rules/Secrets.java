package dev.plimsoll.audit.rules;

import dev.plimsoll.source.Located;
import dev.plimsoll.stack.Service;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Which variables hold secrets, and which secrets are none.
final class Secrets {
    private static final int LONGEST_SHOWN = 24;
    private static final Pattern NAME = Pattern.compile("(?:.*_|)(?:[A-Z0-9]*(?:PASSWORD|PASSWD|PASSPHRASE|SECRET)|"
            + "PASS|PWD|PW|TOKEN|SALT|SECRET_KEY_BASE|SECRET_KEY|SECRET_ACCESS_KEY|ENCRYPTION_KEY\\w*|API_KEY|APIKEY|"
            + "MASTER_KEY|SIGNING_KEY|JWT_KEY|AUTH_KEY|APP_KEY|PRIVATE_KEY|SERVICE_ROLE_KEY|FERNET_KEY|"
            + "DETERMINISTIC_KEY|PRIMARY_KEY|COOKIE_KEY|ROOT_PASSWORD|SECRETS?|JWT_SECRET\\w*|AUTHENTICATION_APIKEY_"
            + "ALLOWED_KEYS)\\d*");
    private static final Pattern NO_SECRET = Pattern.compile("NEXT_PUBLIC_.*|VITE_.*|.*PUBLIC.*|.*ALLOW_EMPTY.*|"
            + "PUBLIC_KEY|.*_FILE|.*_PATH|.*(?:DISABLE|ENABLE|REQUIRE|RESET|EXPIR|LENGTH|POLICY|MIN_LEN|MAX_|SITE_KEY|"
            + "PREFIX|REFRESH_TOKEN_|RANDOM_|HEADER|HASH).*");
    private static final Pattern APPLICATION = Pattern.compile(".*(?:SECRET|SALT|TOKEN|JWT|_KEY|APIKEY|APP_KEY|"
            + "PASSPHRASE).*");
    /// Defaults so well known that printing them tells nobody anything.
    private static final Pattern WELL_KNOWN = Pattern.compile("pass|password\\d*!?|passw0rd|p4ssw0rd|postgres|"
            + "postgresql|admin\\d*|administrator|root|toor|rootpass(?:word)?|adminpass(?:word)?|secret|example|test|"
            + "testing|guest|default|user|1234(?:5|56|567|5678|56789|567890)?|qwerty|minio|minioadmin|minio123|"
            + "miniosecret|minio_password|mysecret|mysalt|mypassword|mypass|mysecretpassword|supersecret|changeit|"
            + "letmein|insecure|dummy|foobar|redis|mysql|mongo|mongodb|mariadb|rabbitmq|temporal|airflow|"
            + "secretkey|secret_key|devpassword|dev|demo|local|development|changeme\\d*!?|change[-_]?me|change_this|"
            + "dbpassword|db_password|wordpress|nextcloud|somewordpress|prom-operator|clickhouse|elastic|"
            + "replace[-_]?me|0{8,}|x{6,}|elasticpassword|myredissecret");
    private static final Pattern PLACEHOLDER = Pattern
            .compile("change(?!log|set|d)[-_ a-z].*|.*[-_ ](?:changeme|change[-_ ]?me|change[-_ ]this|"
                    + "change[-_ ]in[-_ ]production).*|replace[-_ ]?(?:me|with|this).*|(?:put|insert|enter|add|"
                    + "set|use|type|"
                    + "generate|create)[-_ ](?:your|a|an|strong|secure|here|random)[-_ ].*|your[-_ ].*|"
                    + ".*[-_](?:here)|<.+>|"
                    + "\\*{3,}|(?:super|my|some|very|a|this[-_]is[-_]a?)[-_]?(?:super|secure|strong|secret|safe|"
                    + "random|long)"
                    + "[-_]?(?:password|secret|key|token|salt|jwt|pw).*|.*placeholder.*|.*do[-_ ]not[-_ ]use.*|"
                    + "not[-_]?secure|"
                    + "dev[-_](?:password|secret|key|token).*|.*[-_]dev[-_](?:secret|key).*|0{16,}|(?:(.)\\1{7,})|"
                    + "insecure[-_].*|please[-_ ]change.*|secret[-_]?(?:key|token|password)?[-_]?\\d{0,4}|"
                    + "this[-_]should[-_]be[-_].*|example[-_].*|todo.*");

    /// Keys that another company gives out: a placeholder there does not work, but lets nobody in.
    private static final Pattern FOREIGN = Pattern.compile(".*(?:CLIENT_SECRET|STRIPE|OPENAI|ANTHROPIC|GOOGLE|GITHUB|"
            + "GITLAB|SLACK|SMTP|MAIL|SENDGRID|TWILIO|TELEMETRY|CAPTCHA|SENTRY_AUTH|MICROSOFT|AZURE|DISCORD|TELEGRAM|"
            + "FACEBOOK|TWITTER|LICENSE|WEBHOOK_SECRET|VAPID|MAXMIND|GEOIP|UNSPLASH|PUSHER|HUGGING|_HF_).*");

    private Secrets() {}

    static boolean isSecretName(String variable) {
        var name = variable.toUpperCase(Locale.ROOT);
        return NAME.matcher(name).matches() && !NO_SECRET.matcher(name).matches()
                && !FOREIGN.matcher(name).matches();
    }

    /// Whether the secret protects an application's sessions or data rather than a login.
    static boolean isApplicationSecret(String variable) {
        var name = variable.toUpperCase(Locale.ROOT);
        return APPLICATION.matcher(name).matches() && !name.contains("PASSWORD")
                && !name.contains("ACCESS_KEY");
    }

    /// Whether anyone would try the value first: a well-known default, a placeholder, or the user's own name.
    static boolean isWeak(Service service, String variable, String value) {
        var text = value.strip().toLowerCase(Locale.ROOT);
        return !text.isEmpty() && (isGuessable(text) || text.length() > 2 && isUser(service, variable, value.strip()));
    }

    private static boolean isGuessable(String text) {
        return WELL_KNOWN.matcher(text).matches() || PLACEHOLDER.matcher(text).matches();
    }

    /// What a weak value is, without telling more than anyone knows.
    static String described(String value) {
        return printable(value).map(text -> "`" + text + "`")
                .orElse(isGuessable(value.strip().toLowerCase(Locale.ROOT)) ? "a placeholder" : "the user's own name");
    }

    /// The value if it may be printed.
    static Optional<String> printable(String value) {
        return Optional.of(value.strip()).filter(
                text -> text.length() <= LONGEST_SHOWN && WELL_KNOWN.matcher(text.toLowerCase(Locale.ROOT)).matches());
    }

    private static boolean isUser(Service service, String variable, String value) {
        if (isApplicationSecret(variable)) {
            return false;
        }
        var stem = variable.replaceFirst("_?(?:PASSWORD|PASSWD|PASS|PWD|PW)\\d*$", "");
        if (value.equalsIgnoreCase("null") || value.equalsIgnoreCase("none")) {
            return false;
        }
        var users = stem.equals(variable)
                ? Stream.<String>empty()
                : Stream.of("_USER", "_USERNAME", "_LOGIN", "_USER_NAME", "_ADMIN").map(suffix -> stem + suffix);
        var names = Stream.concat(users, Stream.of("POSTGRES_USER", "MYSQL_USER", "MARIADB_USER", "PGUSER",
                "POSTGRES_DB", "MONGO_INITDB_ROOT_USERNAME"));
        return names.flatMap(name -> service.variable(name).stream()).map(Located::value)
                .anyMatch(user -> user.strip().equals(value));
    }
}
