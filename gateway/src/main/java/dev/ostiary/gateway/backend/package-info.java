/** What is behind the gateway: what a backend gets of a call, connectors, and HTTP servers. */
@NullMarked
package dev.ostiary.gateway.backend;

import org.jspecify.annotations.NullMarked;
