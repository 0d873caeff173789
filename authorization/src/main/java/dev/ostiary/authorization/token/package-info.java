/**
 * The endpoints that clients send tokens and codes to: the token endpoint and its exchanges (OAuth
 * 2.1 §3.2), revocation (RFC 7009) and introspection (RFC 7662).
 */
@NullMarked
package dev.ostiary.authorization.token;

import org.jspecify.annotations.NullMarked;
