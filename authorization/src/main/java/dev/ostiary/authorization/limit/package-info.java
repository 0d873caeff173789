/**
 * Rate limits: how often a caller may make the authorization server work (RFC 6585 §4, OAuth 2.1
 * §2.4.1).
 */
@NullMarked
package dev.ostiary.authorization.limit;

import org.jspecify.annotations.NullMarked;
