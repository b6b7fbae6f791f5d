package dev.plimsoll.spring.cache;

/// Says that something has happened that makes values stale, such as `new Invalidation("jira", "acme")`. Publish it as
/// an application event.
///
/// @param event named in the rules
/// @param value of the rules' placeholder
public record Invalidation(String event, String value) {}
