package dev.plimsoll.render;

import dev.plimsoll.stack.Stack;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Variables that the user's own Compose files need and nothing sets.
final class OwnVariables implements Renderer {
    private static final Pattern MADE_UP_HERE = Pattern.compile(".*(?:PASSWORD|PASSWD|PASS|PASSPHRASE|SECRET|"
            + "SECRET_KEY|SECRET_KEY_BASE|SALT|SIGNING_KEY|ENCRYPTION_KEY|JWT_KEY|MASTER_KEY)");
    /// Keys that another party hands out, which nobody can make up.
    private static final Pattern ELSEWHERE = Pattern.compile("(?:.*_)?(?:LDAP|LDAPAUTH|LDAPS|SES|PROXY|AAD|SAML|IMAP|"
            + "SMTP|MAIL|MAILER|RELAY|REGISTRY|DOCKERHUB|FTP|SFTP|SMB|NAS|VPN)(?:_.*)?");
    private static final Pattern OF_REDIS = Pattern.compile("(?:.*_)?(?:REDIS|VALKEY)(?:_.*)?");
    private static final Pattern HANDED_OUT = Pattern.compile("(?:OPENAI|ANTHROPIC|AZURE|AWS|GCP|GOOGLE|GITHUB|GITLAB|"
            + "STRIPE|SLACK|DISCORD|TELEGRAM|SENTRY|SMTP|MAIL|EMAIL|S3|TWILIO|CLOUDFLARE|OAUTH|OIDC|HF|HUGGINGFACE|"
            + "FACEBOOK|TWITTER|R2|B2|BACKBLAZE|SENDGRID|MAILGUN|PADDLE|PAYPAL)(?:_.*)?");

    @Override
    public List<Variable> variables(Task task) {
        var inventory = task.plan().inventory();
        // Clients of a Redis that has its password already are given that, or none.
        var redisHasOne = inventory.ofKind("redis").anyMatch(redis -> redis.settings().value("requirepass").filter(
                password -> !password.isEmpty()).isPresent());
        return of(inventory.stack(), redisHasOne);
    }

    @Override
    public Part render(Task task, Secrets secrets) {
        return Part.of(List.of(), List.of());
    }

    private static List<Variable> of(Stack stack, boolean redisHasOne) {
        return stack.unset().stream()
                .map(unset -> isMadeUpHere(unset.value()) && !(redisHasOne && OF_REDIS.matcher(unset
                        .value().toUpperCase(Locale.ROOT)).matches())
                                ? Variable.secret(unset.value(), "used at " + unset.where())
                                : Variable.plain(unset.value(), "", "used at " + unset.where() + "; fill in"))
                .toList();
    }

    /// Those that may stay as they are, for whoever reads `.env.example`. What is set now is not told.
    static List<Variable> optional(Stack stack) {
        return stack.optional().stream().map(variable -> Variable.plain(variable.name(), variable.fallback().orElse(""),
                "used at " + variable.where() + "; " + standing(variable))).toList();
    }

    private static String standing(Stack.OptionalVariable variable) {
        if (variable.fallback().filter(fallback -> !fallback.isEmpty()).isEmpty()) {
            return variable.fallback().isPresent() ? "may be empty" : "set it";
        }
        return isMadeUpHere(variable.name())
                ? "everybody who reads the Compose file knows this default, so set your own"
                : "this is its default";
    }

    private static boolean isMadeUpHere(String variable) {
        var name = variable.toUpperCase(Locale.ROOT);
        return MADE_UP_HERE.matcher(name).matches() && !HANDED_OUT.matcher(name).matches() && !ELSEWHERE.matcher(name)
                .matches();
    }
}
