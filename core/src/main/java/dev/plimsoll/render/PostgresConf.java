package dev.plimsoll.render;

import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.lock.LockedSetting;
import dev.plimsoll.plan.ServicePlan;
import dev.plimsoll.stack.Service;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `postgresql.conf` and `pg_hba.conf` of every Postgres, and the script that makes a new database watchable.
public final class PostgresConf implements Renderer {
    /// Where rendered files lie in a container.
    static final String DIRECTORY = "/etc/plimsoll/";

    private static final String BITNAMI_ADDITIONS = "/opt/bitnami/postgresql/conf/conf.d/";

    @Override
    public List<Variable> variables(Task task) {
        return task.services("postgres").anyMatch(plan -> PostgresInit.isRun(image(task, plan)))
                ? List.of(PostgresInit.PASSWORD)
                : List.of();
    }

    @Override
    public Part render(Task task, Secrets secrets) {
        var parts = new Parts(task);
        task.services("postgres").forEach(parts::add);
        return new Part(parts.files, parts.patches, parts.settings, parts.notes);
    }

    private static PostgresImage image(Task task, ServicePlan plan) {
        return PostgresImage.of(service(task, plan));
    }

    private static Recognised service(Task task, ServicePlan plan) {
        return task.plan().inventory().named(plan.service()).orElseThrow();
    }

    /// Collects what the services give.
    private record Parts(Task task, List<RenderedFile> files, List<Patch> patches,
            Map<String, List<LockedSetting>> settings, List<String> notes) {
        Parts(Task task) {
            this(task, new ArrayList<>(), new ArrayList<>(), new LinkedHashMap<>(), new ArrayList<>());
        }

        void add(ServicePlan plan) {
            var service = service(task, plan);
            var image = PostgresImage.of(service);
            var name = plan.service();
            if (!image.isCovered()) {
                notes.add(name + ": PostgreSQL " + image.major() + " is not among the versions Plimsoll knows ("
                        + "13 to 18), so nothing is rendered for " + names(plan) + ".");
                return;
            }
            var text = PostgresText.of(task.profile(), plan, service, image);
            files.add(RenderedFile.of(name + "/postgresql.conf", text.content()));
            notes.addAll(text.notes());
            PostgresNotes.limits(task, plan, text).ifPresent(notes::add);
            var command = DirectCommand.orArguments(service.service(), "postgres");
            if (image.way() == PostgresImage.Way.BITNAMI) {
                patches.add(ComposeText.mount(task, name, name + "/postgresql.conf", BITNAMI_ADDITIONS
                        + "plimsoll.conf", "planned settings"));
                settings.put(name, text.settings());
            } else if (image.way() == PostgresImage.Way.OFFICIAL && command.isPresent()) {
                settings.put(name, text.settings());
                official(service, image, command.get());
            } else {
                notes.add(unapplied(service.service()));
                return;
            }
            PostgresNotes.connections(task, plan).ifPresent(notes::add);
        }

        private void official(Recognised service, PostgresImage image, DirectCommand command) {
            var name = service.name();
            patches.add(ComposeText.mount(task, name, name + "/postgresql.conf", DIRECTORY + "postgresql.conf",
                    "planned settings"));
            var access = PostgresAccess.of(service, image);
            notes.addAll(access.notes());
            var words = new ArrayList<>(List.of("postgres", "-c", "config_file=" + DIRECTORY + "postgresql.conf"));
            access.content().ifPresent(content -> {
                files.add(RenderedFile.of(name + "/pg_hba.conf", content));
                patches.add(ComposeText.mount(task, name, name + "/pg_hba.conf", DIRECTORY + "pg_hba.conf",
                        "who may connect"));
                words.addAll(List.of("-c", "hba_file=" + DIRECTORY + "pg_hba.conf"));
            });
            service.settings().get("hba_file").ifPresent(own -> words.addAll(List.of("-c", "hba_file="
                    + own.value())));
            words.addAll(others(command.arguments()));
            patches.add(Patch.replace(name, List.of("command"), ComposeText.literals(words), "settings of the flags "
                    + "are in postgresql.conf"));
            if (access.content().isPresent() && hasVolume(service, image)) {
                notes.add(name
                        + ": postgresql.conf and pg_hba.conf in its volume are not read any more. What was changed "
                        + "there by hand belongs into the Compose file, before the rendered files are used.");
            }
            InitdbArguments.mend(service, image, patches, notes);
            PostgresInit.add(task, service, files, patches, notes);
        }

        private static boolean hasVolume(Recognised service, PostgresImage image) {
            return service.service().mounts().stream().anyMatch(mount -> image.dataDirectory().equals(mount.target())
                    || image.dataDirectory().startsWith(mount.target() + "/"));
        }

        private static String unapplied(Service service) {
            var how = service.image().isEmpty()
                    ? "when the image is built on the official one, mount it and start `postgres -c config_file="
                            + DIRECTORY + "postgresql.conf`"
                    : "mount it where this image reads its settings, or pass them as its documentation says";
            return service.name() + ": the planned settings are in " + service.name() + "/postgresql.conf and not in "
                    + "force, because Plimsoll does not know how this image or its command starts the server; " + how
                    + ". Its memory limit counts on them.";
        }

        /// Flags that are no settings: `-D`, `-p`, `-d 1` and the like.
        private static List<String> others(List<String> arguments) {
            var kept = new ArrayList<String>();
            for (var at = 0; at < arguments.size(); at++) {
                var word = arguments.get(at);
                if (List.of("-c", "-N", "-B").contains(word)) {
                    at++;
                } else if (!word.matches("(?s)-c.+|-[NB]\\d+|--[a-z].*=.*")) {
                    kept.add(word);
                }
            }
            return kept;
        }

        private static String names(ServicePlan plan) {
            return String.join(", ", plan.choices().stream().map(choice -> choice.setting()).filter(
                    setting -> !setting.equals("shm_size")).toList());
        }
    }
}
