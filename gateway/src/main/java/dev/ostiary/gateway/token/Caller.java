package dev.ostiary.gateway.token;

import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.GrantId;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.Subject;

/** Whose call this is: all that a backend learns from an access token, which it never sees. */
public record Caller(Subject subject, ClientId client, GrantId grant, Scopes scopes) {}
