/**
 * Clients: who they are, how they prove it, and where answers to them may be sent (OAuth 2.1 §2).
 */
@NullMarked
package dev.ostiary.authorization.client;

import org.jspecify.annotations.NullMarked;
