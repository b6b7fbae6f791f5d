package dev.plimsoll.load;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is sent, as a traffic file or a URL says.
///
/// @param url scheme, host and port; empty when the command line names it
/// @param tables rows of CSV files by the name that templates use
/// @param profiles to run in place of the usual ones; none for those
public record Traffic(Optional<String> url, List<Request> requests, Map<String, Table> tables,
        List<Profile> profiles) {
    public Traffic {
        requests = List.copyOf(requests);
        tables = new LinkedHashMap<>(tables);
        profiles = List.copyOf(profiles);
        if (requests.isEmpty()) {
            throw new IllegalArgumentException("traffic needs a request");
        }
    }

    /// Whether it has values for a placeholder.
    public boolean gives(Template.Part part) {
        return switch (part) {
            case Template.Part.Literal _,Template.Part.Uuid _,Template.Part.Count _,Template.Part.WholeNumber _ -> true;
            case Template.Part.Cell(String table, String column) -> Optional.ofNullable(tables.get(table)).filter(
                    found -> found.columns().contains(column)).isPresent();
            case Template.Part.Variable(String name) -> requests.stream().flatMap(request -> request.extractions()
                    .stream()).anyMatch(extraction -> extraction.variable().equals(name));
        };
    }

    /// Rows of a CSV file, given out one after the other and from the start again.
    public record Table(List<String> columns, List<List<String>> rows) {
        public Table {
            columns = List.copyOf(columns);
            rows = rows.stream().map(List::copyOf).toList();
        }

        public String cell(long row, String column) {
            return rows.get((int) Math.floorMod(row, (long) rows.size())).get(columns.indexOf(column));
        }
    }
}
