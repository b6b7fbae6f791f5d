/// What stands before the handlers of a servlet application: limits and draining.
@NullMarked
package dev.plimsoll.spring.web;

import org.jspecify.annotations.NullMarked;
