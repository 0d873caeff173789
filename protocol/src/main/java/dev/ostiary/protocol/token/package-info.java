/**
 * Requests to the token, revocation and introspection endpoints, and their answers. RFC 6749
 * §4.1.3, §6; RFC 7009; RFC 7662.
 */
@NullMarked
package dev.ostiary.protocol.token;

import org.jspecify.annotations.NullMarked;
