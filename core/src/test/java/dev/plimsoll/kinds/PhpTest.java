package dev.plimsoll.kinds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.stack.Host;
import dev.plimsoll.units.MemorySize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhpTest {
    private static MemorySize minimum(String body) {
        var service = Examples.service(body);
        var sizing = service.kind().sizing(service, Host.TYPICAL);
        return sizing.minimum(sizing.lever().map(Sizing.Lever::declared).orElse(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"php artisan queue:work", "php /var/www/html/artisan schedule:work", "/cron.sh", "crond -f",
            "php bin/console messenger:consume async", "php occ background:cron"})
    void aProgramBesideThePoolIsOneProcess(String command) {
        assertThat(minimum("image: example/app-php:1\ncommand: " + command)).isLessThan(MemorySize.ofMegabytes(128L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"php artisan horizon", "php artisan octane:start --workers=8", "php-fpm",
            "apache2-foreground"})
    void aPoolIsSeveral(String command) {
        assertThat(minimum("image: example/app-php:1\ncommand: " + command)).isGreaterThan(MemorySize.ofMegabytes(
                300L));
    }

    @Test
    void nextcloudsImageAllowsARequest512Megabytes() {
        var service = Examples.service("image: nextcloud:fpm");
        assertThat(minimum("image: nextcloud:fpm")).isGreaterThan(MemorySize.ofMegabytes(800L));
        assertThat(service.kind().sizing(service, Host.TYPICAL).at(MemorySize.ofMegabytes(808L), 5).choices())
                .anySatisfy(choice -> assertThat(choice.setting() + " " + choice.value()).isEqualTo(
                        "memory_limit 512M"));
    }

    @Test
    void aMountedIniBeatsTheImage() {
        var service = Examples.service(
                "image: nextcloud:apache\nvolumes: ['./zz.ini:/usr/local/etc/php/conf.d/zz.ini']",
                "zz.ini", "memory_limit = 128M\n");
        assertThat(Php.memoryLimit(service)).contains(MemorySize.ofMegabytes(128L));
    }
}
