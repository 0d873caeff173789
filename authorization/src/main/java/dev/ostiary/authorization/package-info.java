/** The authorization server: endpoints, decisions, consent and keys (OAuth 2.1). */
@NullMarked
package dev.ostiary.authorization;

import org.jspecify.annotations.NullMarked;
