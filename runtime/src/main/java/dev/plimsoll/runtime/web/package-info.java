/// What every small web service needs and no framework has to be chosen for: limits for each client, health, draining.
@NullMarked
package dev.plimsoll.runtime.web;

import org.jspecify.annotations.NullMarked;
