package dev.ostiary.embed.config;

import java.time.Duration;

/**
 * How people are asked whether a client may act for them.
 *
 * @param remember whether those who have signed in are spared the page for what they have approved
 *     before; web sites only
 * @param rememberFor how long an approval stands then
 */
public record Consent(boolean remember, Duration rememberFor) {
  public static final Consent DEFAULTS = new Consent(false, Duration.ofDays(30));
}
