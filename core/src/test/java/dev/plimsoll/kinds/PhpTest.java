package dev.plimsoll.kinds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.stack.Host;
import dev.plimsoll.units.MemorySize;
import java.util.List;
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

    private static List<String> settings(String service, long megabytes) {
        var sizing = Examples.service(service).kind().sizing(Examples.service(service), Host.TYPICAL);
        return sizing.at(MemorySize.ofMegabytes(megabytes), sizing.lever().map(Sizing.Lever::declared).orElse(1))
                .choices().stream().map(choice -> choice.setting() + " " + choice.value()).toList();
    }

    @Test
    void noChildGetsLessThanPhpsOwnDefault() {
        var service = Examples.service("image: php:8.4-fpm");
        assertThat(settings("image: php:8.4-fpm", 464)).contains("memory_limit 128M");
        assertThat(settings("image: php:8.4-fpm", 1040)).contains("memory_limit 200M");
        var sizing = service.kind().sizing(service, Host.TYPICAL);
        assertThat(sizing.at(MemorySize.ofMegabytes(464L), 5).ceiling()).as("five children of 128 MB").isEmpty();
        assertThat(sizing.at(MemorySize.ofMegabytes(1040L), 5).ceiling()).isPresent();
    }

    @Test
    void aScriptInFpmsImageHasNoPoolOfFpms() {
        assertThat(settings("image: php:8.4-fpm\ncommand: php artisan horizon", 464)).isEmpty();
        assertThat(settings("image: php:8.4-fpm\ncommand: php-fpm", 464)).isNotEmpty();
    }

    @Test
    void anIniThatIsCopiedIntoTheImageIsRead() {
        var service = Examples.service("build: .\nmem_limit: 2g", "Dockerfile",
                "FROM php:8.4-fpm\nCOPY php.ini /usr/local/etc/php/conf.d/own.ini\n", "php.ini",
                "memory_limit = 4096M\n");
        assertThat(Php.memoryLimit(service)).contains(MemorySize.ofGigabytes(4));
        assertThat(service.kind().sizing(service, Host.TYPICAL).minimum(5)).as("the limit of the container")
                .isEqualTo(MemorySize.ofGigabytes(2));
    }
}
