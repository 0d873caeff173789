/** The introspection endpoint: clients ask about their tokens (RFC 7662). */
@NullMarked
package dev.ostiary.authorization.introspect;

import org.jspecify.annotations.NullMarked;
