package dev.ostiary.authorization.authorize.request;

import dev.ostiary.authorization.authorize.consent.ConsentRequest;

/** A request of which it is known what the client would get. */
record ScopedRequest(ProvenRequest request, ConsentRequest consent) {}
