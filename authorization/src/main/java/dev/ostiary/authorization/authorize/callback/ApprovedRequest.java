package dev.ostiary.authorization.authorize.callback;

import dev.ostiary.authorization.authorize.response.ResponseTarget;
import dev.ostiary.authorization.model.ProtectedServer;
import dev.ostiary.authorization.store.RegisteredClient;
import dev.ostiary.protocol.CodeChallenge;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.Subject;
import org.jspecify.annotations.Nullable;

/**
 * What a person has agreed to. Made in package {@code consent} only: where the form is answered,
 * and where an earlier answer is found to stand.
 *
 * @param upstream where the user signs in
 * @param scopes those of the server that the client may have
 * @param selectAccount whether the person wants to choose an account at the upstream
 * @param approvedBefore the person whose earlier approval it rests on; null if one was just given
 */
public record ApprovedRequest(
    RegisteredClient client,
    ResponseTarget to,
    CodeChallenge codeChallenge,
    ProtectedServer server,
    String upstream,
    Scopes scopes,
    boolean selectAccount,
    @Nullable Subject approvedBefore) {}
