package dev.ostiary.embed.config.credential;

import dev.ostiary.protocol.Secret;
import org.jspecify.annotations.Nullable;

/** What an MCP server is shown to know whose call it is. The client's own token never is. */
public sealed interface Credential {
  /** Nothing. */
  record None() implements Credential {}

  /** Who calls, in plain header fields. */
  record IdentityHeaders() implements Credential {}

  /** Who calls, in a short-lived JWT for this server, signed with the published keys. */
  record SignedIdentity() implements Credential {}

  /**
   * The user's own token from the sign-in.
   *
   * @param which of those that the identity provider gave
   */
  record UpstreamToken(Kind which) implements Credential {
    /** A token of an identity provider. */
    public enum Kind {
      /** What its own API takes (RFC 6749 §1.4). */
      ACCESS_TOKEN,
      /** What says who the user is (OpenID Connect Core §2). */
      ID_TOKEN
    }

    /** The access token. */
    public UpstreamToken() {
      this(Kind.ACCESS_TOKEN);
    }
  }

  /**
   * The same secret for every call.
   *
   * @param header the field that it is sent in
   * @param prefix a word before it, and a space; null for none
   */
  record ApiKey(Secret value, String header, @Nullable String prefix) implements Credential {
    /** The field unless there is another. */
    public static final String HEADER = "X-API-Key";

    /** The whole value of the field. */
    public Secret field() {
      return prefix == null ? value : new Secret(prefix + " " + value.reveal());
    }
  }
}
