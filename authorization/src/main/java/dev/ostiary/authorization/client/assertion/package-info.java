/**
 * Clients that prove themselves with a key of their own: {@code private_key_jwt} (RFC 7521 §4.2,
 * RFC 7523 §2.2 and §3, draft-ietf-oauth-rfc7523bis).
 */
@NullMarked
package dev.ostiary.authorization.client.assertion;

import org.jspecify.annotations.NullMarked;
