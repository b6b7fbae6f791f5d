package dev.plimsoll.spring.cache;

/// Says that something has happened that makes values stale, such as `new Invalidation("jira", "acme")`. Publish it as
/// an application event.
///
/// @param event named in the rules
/// @param value of the rules' placeholder, as methods are given it: a text, a number, an enum, a record
public record Invalidation(String event, Object value) {
    /// The value as keys have it.
    String text() {
        return KeyParts.text("the event `" + event + "`", value);
    }
}
