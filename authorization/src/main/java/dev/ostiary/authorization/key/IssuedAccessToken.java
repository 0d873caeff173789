package dev.ostiary.authorization.key;

import dev.ostiary.protocol.Secret;
import java.time.Duration;

/** A new access token and how long it lives. */
public record IssuedAccessToken(Secret token, Duration expiresIn) {}
