/**
 * Upstreams as an SPI: servers where Ostiary itself is the client. An upstream learns nothing about
 * our clients.
 */
@NullMarked
package dev.ostiary.authorization.upstream;

import org.jspecify.annotations.NullMarked;
