package dev.ostiary.authorization.token;

import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.protocol.Parameters;

/**
 * A form that came from this client.
 *
 * @param client is authenticated
 */
public record ClientForm(RegisteredClient client, Parameters parameters) {}
