package dev.ostiary.authorization.store;

import dev.ostiary.authorization.hash.SessionHash;
import dev.ostiary.protocol.Subject;
import java.time.Instant;

/** A user who has signed in with this browser. It identifies; it approves nothing. */
public record BrowserSession(
    SessionHash hash, Subject subject, String userName, Instant expiresAt) {}
