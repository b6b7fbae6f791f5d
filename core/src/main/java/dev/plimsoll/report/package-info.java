/// What people and programs read: text, JSON, SARIF, JUnit, GitHub annotations, Markdown.
@NullMarked
package dev.plimsoll.report;

import org.jspecify.annotations.NullMarked;
