package dev.plimsoll.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Secrets are made up for what asks for them here, and for nobody else's.
class OwnVariablesTest {
    /// @param services the lines below `services:`
    private static List<String> secrets(String services) {
        return new OwnVariables().variables(Tasks.task(Profile.PRODUCTION, services)).stream().filter(Variable::secret)
                .map(Variable::name).toList();
    }

    @Test
    void anApplicationsOwnKeysAndItsDatabasesPasswordsAreDrawn() {
        assertThat(secrets("""
                web:
                  image: example/web:1
                  environment: {KEY: "${SECRET_KEY}", DB: "postgres://u:${DB_PASSWORD}@db/x", SMTP: "${SMTP_PASSWORD}"}
                db: {image: "postgres:17", environment: {POSTGRES_PASSWORD: "${DB_PASSWORD}"}}
                """)).containsExactlyInAnyOrder("SECRET_KEY", "DB_PASSWORD");
    }

    @Test
    void passwordsOfOtherPeoplesSystemsAreNot() {
        assertThat(secrets("""
                web:
                  image: example/web:1
                  environment:
                    A: "${SES_PASSWORD}"
                    B: "${LDAP_READER_PASSWORD}"
                    C: "${LDAPAUTH_LDAPREADERPASSWORD}"
                    D: "${PROXY_PASSWORD}"
                    E: "${AAD_CLIENT_SECRET}"
                """)).isEmpty();
    }

    @Test
    void aRedisThatHasItsPasswordGivesItsClientsNoOther() {
        assertThat(secrets("""
                web:
                  image: example/web:1
                  environment: {A: "${APP_REDIS_CACHE_PASSWORD}"}
                redis: {image: "redis:7", command: "redis-server --requirepass kx92"}
                """)).isEmpty();
        assertThat(secrets("""
                web:
                  image: example/web:1
                  environment: {A: "redis://:${REDIS_PASSWORD}@redis/0"}
                redis: {image: "redis:7", command: "redis-server --requirepass ${REDIS_PASSWORD}"}
                """)).containsExactly("REDIS_PASSWORD");
    }
}
