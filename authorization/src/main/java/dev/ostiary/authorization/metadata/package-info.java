/** What the authorization server publishes about itself (RFC 8414, RFC 7517 §5). */
@NullMarked
package dev.ostiary.authorization.metadata;

import org.jspecify.annotations.NullMarked;
