package dev.plimsoll.spring.web;

import jakarta.servlet.http.HttpServletRequest;

/// Tells clients apart, of which each has a limit of its own.
@FunctionalInterface
public interface ClientKey {
    String of(HttpServletRequest request);
}
