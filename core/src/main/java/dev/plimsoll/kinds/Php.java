package dev.plimsoll.kinds;

import dev.plimsoll.source.Located;
import dev.plimsoll.stack.BuiltImage;
import dev.plimsoll.stack.Host;
import dev.plimsoll.stack.Mount;
import dev.plimsoll.stack.Service;
import dev.plimsoll.stack.Stack;
import dev.plimsoll.units.MemoryDialect;
import dev.plimsoll.units.MemorySize;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// PHP-FPM, PHP under Apache, and applications shipped so. The pool's children times PHP's memory_limit bound it.
public final class Php implements Kind {
    /// The parent and the opcode cache's bookkeeping.
    static final MemorySize PARENT = MemorySize.ofMegabytes(40);
    /// One child at an ordinary request; measured figures of applications range from 30 to 120 MB.
    static final MemorySize CHILD = MemorySize.ofMegabytes(64);
    /// memory_limit unless set (php.net, ini.core.php). Applications are written for it, so no plan goes below.
    private static final MemorySize DEFAULT_LIMIT = MemorySize.ofMegabytes(128);
    /// pm.max_children in the image's own www.conf.
    static final int DEFAULT_CHILDREN = 5;

    private static final MemorySize STEP = MemorySize.ofMegabytes(16);
    private static final String MANUAL = "https://www.php.net/manual/en/install.fpm.configuration.php";
    private static final Pattern NAME = Pattern.compile("php|wordpress|nextcloud|drupal|joomla|matomo|bookstack|monica|"
            + "firefly.*|wallabag|pixelfed|freshrss|phpmyadmin|snipe-it|invoiceninja.*|kimai2?|moodle|mediawiki|"
            + "prestashop|magento.*|leantime|roundcubemail|mautic|.*-php|.*-fpm");

    /// Its image sets PHP's memory_limit to 512 MB, and less keeps it from working (nextcloud/docker, README).
    private static final Pattern NEXTCLOUD = Pattern.compile("nextcloud");
    /// What runs beside the pool, in a process of its own.
    private static final Pattern ALONE = Pattern
            .compile("(?:.*/)?(?:cron(?:\\.sh)?|crond|supercronic|artisan|console|occ|"
                    + "wp)");
    /// Commands of Laravel's that start processes of their own.
    private static final Pattern POOL = Pattern.compile("horizon.*|octane:.*");

    @Override
    public String id() {
        return "php";
    }

    @Override
    public Role role() {
        return Role.APP;
    }

    @Override
    public boolean recognises(Clues clues) {
        return clues.runs("php-fpm", "php", "apache2-foreground") || clues.imageNameMatches(NAME)
                || isConfigured(clues.service());
    }

    /// Whether it is given PHP's settings itself: an env file may be shared with services that pass over them.
    private static boolean isConfigured(Service service) {
        return service.mapping("environment").filter(written -> written.entries().containsKey("PHP_MEMORY_LIMIT"))
                .isPresent();
    }

    @Override
    public Settings settings(Stack stack, Clues clues) {
        var settings = new Settings.Builder();
        if (clues.imageNameMatches(NEXTCLOUD)) {
            settings.set("memory_limit", "512M", clues.service().where(), Setting.Origin.DEFAULT);
        }
        for (var path : files(clues)) {
            stack.fileAt(clues.service(), path).ifPresent(file -> {
                if (file.text().isEmpty()) {
                    settings.missing(file.path(), file.mount());
                }
                ConfLines.ini(file).forEach(line -> settings.set(name(line.name()), line.value(), line.where(),
                        Setting.Origin.FILE));
            });
        }
        for (var name : List.of("PHP_FPM_PM_MAX_CHILDREN", "PHP_FPM_MAX_CHILDREN", "PM_MAX_CHILDREN",
                "FPM_PM_MAX_CHILDREN", "PHP_PM_MAX_CHILDREN")) {
            clues.service().variable(name).ifPresent(value -> settings.set("pm.max_children", value.value(),
                    value.where(), Setting.Origin.ENVIRONMENT));
        }
        clues.service().variable("PHP_MEMORY_LIMIT").ifPresent(value -> settings.set("memory_limit", value.value(),
                value.where(), Setting.Origin.ENVIRONMENT));
        return settings.build();
    }

    /// Copied or mounted pool and ini files, in the order in which PHP reads them.
    private static List<String> files(Clues clues) {
        var paths = new ArrayList<String>();
        clues.service().built().stream().flatMap(BuiltImage::targets).filter(Php::isConfig).sorted()
                .forEach(paths::add);
        clues.service().mounts().stream().map(Mount::target).filter(Php::isConfig).sorted().forEach(paths::add);
        clues.service().files().stream().map(file -> file.target()).filter(Php::isConfig).sorted().forEach(paths::add);
        return paths;
    }

    private static boolean isConfig(String path) {
        return path.matches(".*/(php-fpm\\.d|php/conf\\.d|fpm/pool\\.d)/[^/]+\\.(conf|ini)")
                || path.matches(".*/php(-fpm)?\\.(ini|conf)");
    }

    /// `php_admin_value[memory_limit]` in a pool sets what `memory_limit` sets in an ini file.
    private static String name(String written) {
        return written.contains("memory_limit") ? "memory_limit" : written;
    }

    public static int children(Recognised service) {
        return service.hints().workers().map(Located::value).or(() -> service.settings().integer("pm.max_children"))
                .filter(count -> count > 0).orElse(DEFAULT_CHILDREN);
    }

    private static int count(Recognised service) {
        return isAlone(service) ? service.hints().workers().map(Located::value).orElse(1) : children(service);
    }

    /// The bound of one request; empty when nothing sets it or it is lifted with -1.
    public static Optional<MemorySize> memoryLimit(Recognised service) {
        return service.settings().size("memory_limit", MemoryDialect.JVM);
    }

    private static MemorySize child(Recognised service) {
        return service.hints().workerMemory().map(Located::value).orElse(CHILD);
    }

    /// What the plan sets aside for a child: the limit that somebody wrote, which is never cut. Who gave the container
    /// less than that for each child does not expect all of them to take it.
    private static MemorySize planned(Recognised service) {
        var part = service.limit().map(limit -> limit.value().minus(PARENT).dividedBy(count(service)))
                .orElse(MemorySize.MAX);
        return service.hints().workerMemory().map(Located::value).orElse(CHILD.max(memoryLimit(service).filter(
                _ -> !isLimitOfImage(service)).orElse(CHILD).min(part)));
    }

    private static boolean isLimitOfImage(Recognised service) {
        return service.settings().get("memory_limit").filter(set -> set.origin() == Setting.Origin.DEFAULT).isPresent();
    }

    /// What one request may take beyond an ordinary one, where the image allows it.
    private static MemorySize oneLargeRequest(Recognised service) {
        return isLimitOfImage(service) ? memoryLimit(service).orElse(CHILD).minus(CHILD) : MemorySize.ZERO;
    }

    /// A program of its own and no pool: a queue worker, a scheduler, cron.
    private static boolean isAlone(Recognised service) {
        var runs = service.clues().invocations();
        return !service.clues().runs("php-fpm", "apache2-foreground") && runs.stream().flatMap(run -> run.arguments()
                .stream()).noneMatch(word -> POOL.matcher(word.value()).matches())
                && runs.stream().anyMatch(run -> ALONE.matcher(run
                        .program()).matches() || run.arguments().stream().limit(2).anyMatch(
                                word -> ALONE.matcher(word.value())
                                        .matches()));
    }

    /// Whether the pool is FPM's; Apache's module has no pm.max_children, and a program on the command line no pool.
    private static boolean isFpm(Recognised service) {
        var clues = service.clues();
        return !runsScript(clues)
                && (service.settings().get("pm.max_children").isPresent() || clues.runs("php-fpm") || clues
                        .image().filter(
                                image -> image.name().contains("fpm")
                                        || image.tag().filter(tag -> tag.contains("fpm")).isPresent())
                        .isPresent());
    }

    /// `php artisan horizon` and the like, also in an image of FPM's.
    private static boolean runsScript(Clues clues) {
        return clues.runs("php", "artisan") && !clues.runs("php-fpm");
    }

    @Override
    public List<String> heeds() {
        return List.of("workers", "worker_memory", "connections");
    }

    @Override
    public Demand demand(Recognised service, Host host) {
        var count = count(service);
        var each = child(service);
        var parent = new Term("parent", PARENT, "", SimpleKind.ASSUMPTION);
        var expected = Amount.of(parent, new Term("children", each.times(count), count + " × " + each,
                service.hints().workerMemory().isPresent() ? "x-plimsoll.worker_memory" : SimpleKind.ASSUMPTION));
        var most = memoryLimit(service);
        if (most.isPresent() && service.settings().get("pm.max_children").isPresent()) {
            return Demand.bounded(Amount.of(parent), expected, Amount.of(parent, new Term("children",
                    most.get().times(count), count + " children × memory_limit " + most.get(), MANUAL)));
        }
        return Demand.unbounded(Amount.of(parent), expected, service.hints().workerMemory().isPresent()
                ? ""
                : each + " for each child of PHP");
    }

    @Override
    public Sizing sizing(Recognised service, Host host) {
        var count = count(service);
        var each = planned(service);
        var base = PARENT.plus(oneLargeRequest(service));
        if (!isFpm(service) || isAlone(service)) {
            return new FixedSizing(base.plus(child(service).times(count).max(each)).roundedUpTo(STEP),
                    base.plus(each.times(3L * count)).roundedUpTo(STEP), 1);
        }
        return new WorkerSizing("pm.max_children", count, 1, base, each, each.times(3),
                memoryLimit(service).orElse(DEFAULT_LIMIT), 1,
                (level, share) -> choices(service, count, level, share));
    }

    private static List<Sizing.Choice> choices(Recognised service, int count, int level, MemorySize share) {
        var limit = service.settings().get("memory_limit").filter(_ -> memoryLimit(service).isPresent());
        return List.of(
                new Sizing.Choice("pm.max_children", String.valueOf(level), level < count
                        ? "lowered from " + count + " to fit"
                        : "as configured, or the image's default", MANUAL, "x-plimsoll.workers, the limit"),
                limit.map(set -> new Sizing.Choice("memory_limit", set.value(), isLimitOfImage(service)
                        ? "as the image sets it"
                        : "as configured", "from " + set.where(), set.where().toString()))
                        .orElse(new Sizing.Choice("memory_limit", share.max(DEFAULT_LIMIT).megabytes() + "M",
                                "(limit - 40 MB parent) / " + level + ", at least PHP's own default", MANUAL,
                                "the limit")),
                new Sizing.Choice("pm.max_requests", "500", "a slow leak ends with its process", MANUAL, "nothing"));
    }
}
