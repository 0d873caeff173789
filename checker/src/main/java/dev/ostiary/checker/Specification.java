package dev.ostiary.checker;

import dev.ostiary.mcp.Revision;
import org.jspecify.annotations.Nullable;

/** One specification, or a part of one: a row of the table that compares servers. */
public enum Specification {
  CHALLENGE("RFC 6750", "The challenge, and how access tokens are taken"),
  RESOURCE_METADATA("RFC 9728", "Protected resource metadata"),
  SERVER_METADATA("RFC 8414", "Authorization server metadata"),
  REGISTRATION("RFC 7591", "Dynamic client registration"),
  REGISTRATION_MANAGEMENT("RFC 7592", "Registration management"),
  METADATA_DOCUMENTS("CIMD", "Client id metadata documents"),
  AUTHORIZATION("OAuth 2.1 authorize", "The authorization endpoint, redirects and consent"),
  PKCE("PKCE", "Proof key for code exchange (RFC 7636)"),
  RESOURCE_INDICATORS("RFC 8707", "Resource indicators and audiences"),
  ISSUER("RFC 9207", "The issuer in authorization responses"),
  TOKENS("OAuth 2.1 token", "The token endpoint, codes and refresh tokens"),
  ACCESS_TOKENS("RFC 9068", "What access tokens say, and whether it is verified"),
  REVOCATION("RFC 7009", "Revocation"),
  INTROSPECTION("RFC 7662", "Introspection"),
  TRANSPORT("MCP over HTTP", "Origin, TLS and what all revisions share"),
  MCP_2025_03_26("MCP 2025-03-26", "The first revision with authorization", Revision.V2025_03_26),
  MCP_2025_06_18("MCP 2025-06-18", "Streamable HTTP", Revision.V2025_06_18),
  MCP_2025_11_25("MCP 2025-11-25", "Streamable HTTP with sessions", Revision.V2025_11_25),
  MCP_2026_07_28("MCP 2026-07-28", "Streamable HTTP without sessions", Revision.V2026_07_28),
  PROFILE("Client", "The steps of one real client");

  private final String title;
  private final String about;
  private final @Nullable Revision revision;

  Specification(String title, String about) {
    this(title, about, null);
  }

  Specification(String title, String about, @Nullable Revision revision) {
    this.title = title;
    this.about = about;
    this.revision = revision;
  }

  /** Its short name. */
  public String title() {
    return title;
  }

  /** What it is about. */
  public String about() {
    return about;
  }

  /** The revision of MCP that it belongs to; null if to all. */
  public @Nullable Revision revision() {
    return revision;
  }
}
