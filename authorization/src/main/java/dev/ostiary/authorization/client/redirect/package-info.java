/**
 * Redirect URIs: which can be registered, and which one an answer may be sent to (OAuth 2.1 §2.3.1,
 * §8.4).
 */
@NullMarked
package dev.ostiary.authorization.client.redirect;

import org.jspecify.annotations.NullMarked;
