package dev.plimsoll.load;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One kind of request among those that a load mixes.
///
/// @param path with the query, from the slash on
/// @param body empty for none
/// @param weight its share of the traffic is its weight over the sum of all
/// @param expected statuses that are no failure; empty for 200 to 399
public record Request(String name, String method, Template path, Map<String, Template> headers,
        Optional<Template> body, int weight, Set<Integer> expected, List<Extraction> extractions) {
    /// What can be sent.
    public static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    /// Those with a `Location`.
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    public Request {
        headers = new LinkedHashMap<>(headers);
        expected = new LinkedHashSet<>(expected);
        extractions = List.copyOf(extractions);
    }

    /// A bare GET.
    public static Request get(String path) {
        return new Request(path, "GET", new Template(List.of(new Template.Part.Literal(path))), Map.of(), Optional
                .empty(), 1, Set.of(), List.of());
    }

    public boolean expects(int status) {
        return expected.isEmpty() ? status >= 200 && status < 400 : expected.contains(status);
    }

    /// Whether a status sends a user elsewhere, and nobody said that it should. The load does not go there.
    public boolean isUnexpectedRedirect(int status) {
        return expected.isEmpty() && REDIRECTS.contains(status);
    }

    /// Whether it may be sent again when a connection that was kept open turns out to be closed.
    public boolean isRepeatable() {
        return !method.equals("POST") && !method.equals("PATCH");
    }

    /// Path, headers and body.
    public List<Template> templates() {
        var all = new ArrayList<Template>();
        all.add(path);
        all.addAll(headers.values());
        body.ifPresent(all::add);
        return all;
    }

    /// Extracted values that it cannot be sent without.
    public Set<String> needs() {
        var names = new LinkedHashSet<String>();
        templates().forEach(template -> template.parts().forEach(part -> {
            if (part instanceof Template.Part.Variable(String name)) {
                names.add(name);
            }
        }));
        return names;
    }
}
