package dev.plimsoll.render;

import dev.plimsoll.kinds.Neighbourhood;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.lock.LockedSetting;
import dev.plimsoll.prometheus.PrometheusServer;
import dev.plimsoll.render.RenderedFile.Access;
import dev.plimsoll.source.InputException;
import dev.plimsoll.stack.Invocations;
import dev.plimsoll.stack.Stack;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The config of every Prometheus, with what cannot work put right: rule files that are not loaded, targets on
/// localhost, an Alertmanager that nobody tells, intervals nobody chose. Everything else stays as the user wrote it. A
/// config without such mistakes is not rendered.
public final class PrometheusConf implements Renderer {
    private static final String NAME = "prometheus.yml";
    /// Where editors put one it is no character of the text, and behind a comment it would be.
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    /// Values that whoever reads the rendered directory should not see.
    private static final Pattern SECRET = Pattern.compile("(?im)(?:^|[{,\\s\"'-])(?:password|credentials|bearer_token"
            + "|client_secret|secret_key|api_?key|token|auth_token|service_key|http_headers|authorization_key)[\"']?"
            + "\\s*:|://[^/\\s:@]+:[^/\\s@]+@");

    /// A config of the project as its container sees it.
    ///
    /// @param target its path in the container
    /// @param path its path in the project
    record Source(String target, String path, String text) {}

    @Override
    public Part render(Task task, Secrets secrets) {
        var files = new ArrayList<RenderedFile>();
        var patches = new ArrayList<Patch>();
        var settings = new LinkedHashMap<String, List<LockedSetting>>();
        var notes = new ArrayList<String>();
        task.services("prometheus").map(task::recognised).forEach(service -> Optional.ofNullable(task.plan().inventory()
                .prometheus().get(service.name())).ifPresent(server -> source(task, server).ifPresent(source -> {
                    var one = new One(task, service, server, source);
                    one.render(files, patches, settings, notes);
                })));
        return new Part(files, patches, settings, notes);
    }

    /// The config, when it is a file that could be read and that a mount can replace.
    private static Optional<Source> source(Task task, PrometheusServer server) {
        var path = server.configPath();
        return server.config().value().flatMap(_ -> task.plan().inventory().stack().fileAt(server.service(), path))
                .flatMap(file -> file.text().map(text -> new Source(path, file.path(), text)));
    }

    /// Whether a mount can take the config's place: one that Compose itself writes would stand in its way.
    private static boolean isMount(Stack stack, PrometheusServer server, Source source) {
        return server.service().files().stream().noneMatch(file -> file.target().equals(source.target()))
                && !Invocations.of(stack, server.service()).files().containsKey(source.target())
                && stack.composeFiles().stream().noneMatch(source.path()::equals);
    }

    /// One Prometheus at work.
    private record One(Task task, Recognised service, PrometheusServer server, Source source) {
        void render(List<RenderedFile> files, List<Patch> patches, Map<String, List<LockedSetting>> settings,
                List<String> notes) {
            var edits = edits();
            edits.left().forEach(sentence -> notes.add(service.name() + ": " + sentence));
            if (edits.isEmpty() && !isRendered()) {
                return;
            }
            if (!isMount(task.plan().inventory().stack(), server, source)) {
                notes.add(service.name() + ": its config stands in " + source.path() + ", where nothing can be laid "
                        + "over it; write there: " + summary(edits) + ".");
                return;
            }
            try {
                var text = edits.applied(source.path(), source.text()).replaceFirst(BYTE_ORDER_MARK, "");
                add(edits.isEmpty() ? text : header(edits) + text, files, patches);
            } catch (InputException unsafe) {
                notes.add(service.name() + ": " + source.path() + " stays as it is, because " + unsafe.problems()
                        .getFirst().what() + "; write there: " + summary(edits) + ".");
                return;
            }
            patches.addAll(edits.mounts());
            settings.put(service.name(), edits.changes());
            edits.changes().forEach(change -> notes.add(service.name() + ": its config now has " + change.name() + " = "
                    + change.value() + ", because " + change.because() + "."));
        }

        private PrometheusEdits edits() {
            var edits = new PrometheusEdits();
            var config = server.config().value().orElseThrow();
            var around = new Neighbourhood(task.plan().inventory(), service);
            RuleFileEntries.mend(task, server, source, edits);
            ScrapeTargets.mend(around, server, config, source.text(), edits);
            PrometheusGlobals.mend(around, config, source, edits);
            return edits;
        }

        private void add(String text, List<RenderedFile> files, List<Patch> patches) {
            var isSecret = SECRET.matcher(source.text()).find();
            var path = service.name() + (isSecret ? "/private/" : "/") + NAME;
            files.add(new RenderedFile(path, text, isSecret ? Access.CONTAINER_SECRET : Access.ALL));
            patches.add(ComposeText.mount(task, service.name(), path, source.target(), "your config, put right"));
        }

        /// Whether the stack reads the file of an earlier rendering already.
        private boolean isRendered() {
            return List.of("/", "/private/").stream().map(between -> task.mountSource(service.name() + between + NAME))
                    .anyMatch(path -> path.equals(source.path()) || path.equals("./" + source.path()));
        }

        private String header(PrometheusEdits edits) {
            var changes = edits.changes().stream().map(change -> "\n" + change.name() + " = " + change.value() + ": "
                    + ConfText.reason(change.because(), change.source())).collect(Collectors.joining());
            return new ConfText().remark("Your " + source.path() + " with what could not work put right; the rest is "
                    + "as you wrote it. Written by `plimsoll render`. Changed:" + changes) + "\n";
        }

        private static String summary(PrometheusEdits edits) {
            return String.join("; ", edits.changes().stream().map(change -> change.name() + " = " + change.value()
                    + ", because " + change.because()).toList());
        }
    }
}
