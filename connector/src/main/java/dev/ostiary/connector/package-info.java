/**
 * Connectors as an SPI: ways to sign people in, and what comes with them. A kind of connector is a
 * {@link dev.ostiary.connector.ConnectorType}, found by {@link java.util.ServiceLoader}.
 */
@NullMarked
package dev.ostiary.connector;

import org.jspecify.annotations.NullMarked;
