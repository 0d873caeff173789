package dev.ostiary.authorization.store;

import java.time.Duration;

/**
 * How a family of refresh tokens moves on.
 *
 * @param grace how long a repeated token gets the same successor again, as long as that one has not
 *     been used
 * @param idle how long a token lives unused
 */
public record RotationPolicy(Duration grace, Duration idle) {}
