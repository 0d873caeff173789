/** The authorization response: how a browser goes back to the client (RFC 6749 §4.1.2). */
@NullMarked
package dev.ostiary.authorization.authorize.response;

import org.jspecify.annotations.NullMarked;
