package dev.plimsoll.render;

import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.kinds.Setting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where one PgBouncer's configuration comes from, and so how it can be changed.
sealed interface PgBouncerSource {
    /// The user mounts a pgbouncer.ini.
    ///
    /// @param target its path in the container
    record Mounted(String target) implements PgBouncerSource {}

    /// The image of edoburu keeps a pgbouncer.ini that is there, and otherwise writes one from variables.
    ///
    /// @param database the line below `[databases]`
    record Variables(String database, String user, String password) implements PgBouncerSource {}

    /// The entrypoint writes the file from variables with this prefix, passwords from files included.
    record Entrypoint(String prefix) implements PgBouncerSource {}

    /// Another image.
    ///
    /// @param why what stands in the way
    record Unknown(String why) implements PgBouncerSource {}

    List<String> FILES = List.of("/etc/pgbouncer/pgbouncer.ini", "/bitnami/pgbouncer/conf/pgbouncer.ini",
            "/opt/bitnami/pgbouncer/conf/pgbouncer.ini");
    Pattern URL = Pattern.compile("postgres(?:ql)?://([^:@/]+):([^@/]+)@([^:/@]+)(?::(\\d+))?/([^?]*)(?:\\?.*)?");

    static PgBouncerSource of(Recognised service) {
        if (service.mayHide("pgbouncer.ini", "/etc/pgbouncer", "userlist.txt")) {
            return new Unknown("its Dockerfile may have given it a config that is not seen");
        }
        var mounted = FILES.stream().filter(file -> service.service().mounts().stream()
                .anyMatch(mount -> mount.target().equals(file))
                || service.service().built().filter(made -> !made.sources(file).isEmpty()).isPresent()
                || service.service().files().stream().anyMatch(reference -> reference.target().equals(file)))
                .findFirst();
        if (mounted.isPresent()) {
            return foreign(service).<PgBouncerSource>map(Unknown::new).orElseGet(() -> new Mounted(mounted.get()));
        }
        var repository = service.clues().image().map(image -> image.repository()).orElse("");
        if (repository.contains("bitnami")) {
            return new Entrypoint("PGBOUNCER_");
        }
        if (repository.endsWith("edoburu/pgbouncer")) {
            return variables(service).<PgBouncerSource>map(found -> found).orElse(new Entrypoint(""));
        }
        return repository.endsWith("pgbouncer/pgbouncer") && !repository.contains("edoburu")
                ? new Entrypoint("PGBOUNCER_")
                : new Unknown("this image's way of configuration is not known");
    }

    /// What of the user's file would be lost: an include, a section or a setting that PgBouncer up to 1.24 lacks.
    private static Optional<String> foreign(Recognised service) {
        var unread = service.settings().unread().stream().sorted().findFirst();
        return unread.map(where -> "what stands at " + where + " is nothing Plimsoll can take over")
                .or(() -> service.settings().effective().values().stream()
                        .filter(setting -> setting.origin() == Setting.Origin.FILE
                                && PgBouncerText.SECTIONS.stream().noneMatch(section -> section.holds(setting))
                                && !PgBouncerText.KNOWN.contains(setting.name()))
                        .findFirst().map(setting -> "`" + setting.name() + "` at " + setting.where()
                                + " is no setting Plimsoll knows"));
    }

    private static Optional<Variables> variables(Recognised service) {
        var values = new LinkedHashMap<String, String>();
        service.service().environment().forEach((name, value) -> values.put(name, value.value()));
        var url = URL.matcher(values.getOrDefault("DATABASE_URL", ""));
        if (url.matches()) {
            return Optional.of(new Variables(line(Optional.of(url.group(5)).filter(name -> !name.isEmpty()).orElse("*"),
                    url.group(3), Optional.ofNullable(url.group(4)).orElse("5432")), RedisUrls.decoded(url.group(1)),
                    RedisUrls.decoded(url.group(2))));
        }
        var host = Optional.ofNullable(values.get("DB_HOST"));
        var password = Optional.ofNullable(values.get("DB_PASSWORD")).filter(text -> !text.isEmpty());
        return host.flatMap(name -> password.map(text -> new Variables(line(values.getOrDefault("DB_NAME", "*"), name,
                values.getOrDefault("DB_PORT", "5432")), values.getOrDefault("DB_USER", "postgres"), text)));
    }

    private static String line(String database, String host, String port) {
        return database + " = host=" + host + " port=" + port + (database.equals("*") ? "" : " dbname=" + database);
    }
}
