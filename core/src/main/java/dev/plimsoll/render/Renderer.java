package dev.plimsoll.render;

import dev.plimsoll.lock.LockedSetting;
import java.util.List;
import java.util.Map;

/// Makes one part of a rendered stack. Each is one class, listed in [Renderers].
public interface Renderer {
    /// The variables this part needs; asked before [#render] so that secrets can be drawn.
    default List<Variable> variables(Task task) {
        return List.of();
    }

    Part render(Task task, Secrets secrets);

    /// @param patches what to set in the Compose file
    /// @param settings by service: settings in force beyond the plan's choices, for the lock
    /// @param notes sentences for the user: what could not be applied, and what to do about it
    record Part(List<RenderedFile> files, List<Patch> patches, Map<String, List<LockedSetting>> settings,
            List<String> notes) {
        public Part {
            files = List.copyOf(files);
            patches = List.copyOf(patches);
            notes = List.copyOf(notes);
        }

        public static Part of(List<RenderedFile> files, List<Patch> patches) {
            return new Part(files, patches, Map.of(), List.of());
        }
    }
}
