package dev.ostiary.authorization.callback;

import dev.ostiary.authorization.ProtectedServer;
import dev.ostiary.authorization.response.ReturnAddress;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.CodeChallenge;
import dev.ostiary.protocol.Scopes;

/**
 * What a person has agreed to. Made in one place only, where the consent form is answered.
 *
 * @param scopes those of the server that the client may have
 * @param selectAccount whether the person wants to choose an account at the upstream
 */
public record ApprovedRequest(
    ClientId client,
    ReturnAddress to,
    CodeChallenge codeChallenge,
    ProtectedServer server,
    Scopes scopes,
    boolean selectAccount) {}
