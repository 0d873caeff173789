package dev.ostiary.connector;

import dev.ostiary.protocol.Issuer;

/**
 * Where a connector stands.
 *
 * @param name in the configuration: the first part of every subject
 * @param url of this Ostiary, for what has to be registered at the identity provider
 */
public record ConnectorPlace(String name, Issuer url) {}
