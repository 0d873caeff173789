package dev.ostiary.authorization.authorize.response;

import dev.ostiary.authorization.audit.AuditLog;
import dev.ostiary.authorization.authorize.session.Sessions;
import dev.ostiary.authorization.client.Clients;
import dev.ostiary.authorization.page.Pages;
import dev.ostiary.protocol.Issuer;
import java.time.InstantSource;

/** What the endpoints that a browser visits work with. */
public record BrowserDependencies(
    Issuer issuer,
    Pages pages,
    Clients clients,
    Sessions sessions,
    Approvals approvals,
    AuthorizationResponses responses,
    AuditLog audit,
    InstantSource time) {}
