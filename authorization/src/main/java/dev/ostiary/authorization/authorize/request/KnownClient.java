package dev.ostiary.authorization.authorize.request;

import dev.ostiary.authorization.store.RegisteredClient;

/** A request whose client is known. */
record KnownClient(ReadRequest read, RegisteredClient client) {}
