package dev.ostiary.authorization.authorize;

import dev.ostiary.authorization.store.RegisteredClient;

/** A request whose client is registered here. */
record KnownClient(ReadRequest read, RegisteredClient client) {}
