package dev.plimsoll.lock;

import dev.plimsoll.stack.Host;
import dev.plimsoll.units.MemorySize;
import dev.plimsoll.yaml.YamlWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// Writes a lock as YAML. The same lock always gives the same bytes.
public final class LockWriter {
    /// The form of the file; a reader refuses others.
    static final int FORMAT = 1;

    private static final String HEADER = """
            # Every number of the rendered stack with its reason. Written by `plimsoll render`; `plimsoll verify` holds the
            # running stack against it. Do not edit: change the Compose file or its x-plimsoll hints and render again.
            """;

    private LockWriter() {}

    public static String text(Lock lock) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("format", FORMAT);
        fields.put("project", lock.project());
        fields.put("compose_files", lock.composeFiles());
        fields.put("env_files", lock.envFiles());
        if (!lock.composeProfiles().isEmpty()) {
            fields.put("compose_profiles", lock.composeProfiles());
        }
        fields.put("profile", lock.profile());
        fields.put("host", host(lock.host()));
        fields.put("load_line", size(lock.loadLine()));
        var services = new LinkedHashMap<String, Object>();
        lock.services().forEach(service -> services.put(service.name(), service(service)));
        fields.put("services", services);
        fields.put("left_out", lock.leftOut());
        var files = new LinkedHashMap<String, Object>();
        lock.files().forEach(file -> files.put(file.path(), file.sha256()));
        fields.put("files", files);
        return HEADER + YamlWriter.document(fields);
    }

    private static Map<String, Object> host(Host host) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("memory", size(host.memory()));
        fields.put("cpus", host.cpus().toString());
        fields.put("swap", size(host.swap()));
        host.disk().ifPresent(disk -> fields.put("disk", size(disk)));
        fields.put("disk_kind", host.diskKind().name().toLowerCase(Locale.ROOT));
        fields.put("assumed", host.assumed());
        return fields;
    }

    private static Map<String, Object> service(LockedService service) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("kind", service.kind());
        fields.put("role", service.role().name().toLowerCase(Locale.ROOT));
        service.image().ifPresent(image -> fields.put("image", image));
        fields.put("replicas", service.replicas());
        fields.put("limit", size(service.limit()));
        fields.put("reservation", size(service.reservation()));
        service.ceiling().ifPresent(ceiling -> fields.put("ceiling", size(ceiling)));
        fields.put("cpus", service.cpus().toString());
        if (!service.settings().isEmpty()) {
            fields.put("settings", service.settings().stream().map(LockWriter::setting).toList());
        }
        return fields;
    }

    private static Map<String, Object> setting(LockedSetting setting) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("name", setting.name());
        fields.put("value", setting.value());
        fields.put("because", setting.because());
        fields.put("source", setting.source());
        return fields;
    }

    /// As Compose reads it: `512m`, or bytes where it is no whole number of megabytes.
    static String size(MemorySize size) {
        return size.equals(MemorySize.ofMegabytes(size.megabytes())) ? size.megabytes() + "m" : size.bytes() + "b";
    }
}
