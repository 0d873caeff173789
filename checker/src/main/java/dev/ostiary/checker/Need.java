package dev.ostiary.checker;

import dev.ostiary.checker.server.TargetServer;
import dev.ostiary.checker.server.Verdict;
import dev.ostiary.mcp.Revision;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What has to be there before a check can be tried. */
public enum Need {
  RESOURCE_DOCUMENT("protected resource metadata") {
    @Override
    public @Nullable Verdict missing(TargetServer target) throws IOException {
      return target.resource().document() == null
          ? Verdict.untested("there is no protected resource metadata")
          : null;
    }
  },
  SERVER_DOCUMENT("authorization server metadata") {
    @Override
    public @Nullable Verdict missing(TargetServer target) throws IOException {
      return target.server().document() == null
          ? Verdict.untested("there is no authorization server metadata")
          : null;
    }
  },
  CHALLENGE_FIELD("a challenge") {
    @Override
    public @Nullable Verdict missing(TargetServer target) throws IOException {
      return target.challenge().header("WWW-Authenticate").isEmpty()
          ? Verdict.untested("the answer has no WWW-Authenticate field")
          : null;
    }
  },
  REGISTRATION_ENDPOINT("a registration endpoint") {
    @Override
    public @Nullable Verdict missing(TargetServer target) throws IOException {
      Verdict absent = absent(target, "registration_endpoint");
      return absent == null && target.clients().areClosed() ? Verdict.inapplicable(CLOSED) : absent;
    }
  },
  REVOCATION_ENDPOINT("a revocation endpoint") {
    @Override
    public @Nullable Verdict missing(TargetServer target) throws IOException {
      return absent(target, "revocation_endpoint");
    }
  },
  INTROSPECTION_ENDPOINT("an introspection endpoint") {
    @Override
    public @Nullable Verdict missing(TargetServer target) throws IOException {
      return absent(target, "introspection_endpoint");
    }
  },
  JWKS("a jwks_uri") {
    @Override
    public @Nullable Verdict missing(TargetServer target) throws IOException {
      return absent(target, "jwks_uri");
    }
  },
  URL_CLIENTS("client id metadata documents") {
    @Override
    public @Nullable Verdict missing(TargetServer target) throws IOException {
      return target.server().flag("client_id_metadata_document_supported")
          ? null
          : Verdict.inapplicable("metadata documents are not offered");
    }
  },
  METADATA_URL("--metadata-url") {
    @Override
    public @Nullable Verdict missing(TargetServer target) {
      return target.options().metadataUrl() == null
          ? Verdict.untested("--metadata-url names a metadata document to try it with")
          : null;
    }
  },
  CLIENT("a client, registered or named by --client-id") {
    @Override
    public @Nullable Verdict missing(TargetServer target) throws IOException {
      return target.clients().forPeople() == null
          ? unregistered(target, "no client could be registered", ", and --client-id names none")
          : null;
    }
  },
  OWN_CLIENT("a client that the checker registered") {
    @Override
    public @Nullable Verdict missing(TargetServer target) throws IOException {
      return target.clients().registered() == null
          ? unregistered(target, "no client could be registered", "")
          : null;
    }
  },
  SECRET_CLIENT("a client with a secret") {
    @Override
    public @Nullable Verdict missing(TargetServer target) throws IOException {
      return target.clients().withSecret() == null
          ? unregistered(target, "no client with a secret could be registered", "")
          : null;
    }
  },
  MANAGEMENT("registration management") {
    @Override
    public @Nullable Verdict missing(TargetServer target) throws IOException {
      return target.clients().manageable()
          ? null
          : Verdict.inapplicable("registration management is not offered");
    }
  },
  SIGN_IN("--sign-in") {
    @Override
    public @Nullable Verdict missing(TargetServer target) {
      return target.options().signIn() == null
          ? Verdict.untested("--sign-in goes through a sign-in")
          : null;
    }
  },
  AUTOMATIC("--auto") {
    @Override
    public @Nullable Verdict missing(TargetServer target) {
      return target.options().automatic() == null
          ? Verdict.untested("--sign-in with --auto, which reads the pages that a person would see")
          : null;
    }
  },
  TOKEN("an access token") {
    @Override
    public @Nullable Verdict missing(TargetServer target) throws IOException {
      String failure = target.flow().failure();
      return failure == null ? null : Verdict.untested(failure);
    }
  },
  FLOW("a sign-in of the checker's own client") {
    @Override
    public @Nullable Verdict missing(TargetServer target) throws IOException {
      Verdict token = TOKEN.missing(target);
      if (token != null) {
        return token;
      }
      return target.flow().tokens().client() == null
          ? Verdict.untested("--sign-in, not a token from elsewhere")
          : null;
    }
  },
  REFRESH_TOKEN("a refresh token") {
    @Override
    public @Nullable Verdict missing(TargetServer target) throws IOException {
      Verdict flow = FLOW.missing(target);
      if (flow != null) {
        return flow;
      }
      return target.flow().tokens().refresh() == null
          ? Verdict.inapplicable("no refresh token is issued")
          : null;
    }
  },
  JWT("an access token that is a JWT") {
    @Override
    public @Nullable Verdict missing(TargetServer target) throws IOException {
      Verdict token = TOKEN.missing(target);
      if (token != null) {
        return token;
      }
      return target.flow().tokens().jwt() == null
          ? Verdict.inapplicable("access tokens are opaque here")
          : null;
    }
  },
  SECOND_SERVER("a second URL") {
    @Override
    public @Nullable Verdict missing(TargetServer target) {
      return target.options().neighbour() == null
          ? Verdict.untested("a second URL, of a server that trusts the same authorization server")
          : null;
    }
  },
  THOROUGH("--thorough") {
    @Override
    public @Nullable Verdict missing(TargetServer target) {
      return target.options().thorough() ? null : Verdict.untested("--thorough: it is noisy");
    }
  },
  MODERN("MCP 2026-07-28") {
    @Override
    public @Nullable Verdict missing(TargetServer target) throws IOException {
      return target.mcp().missing(Revision.V2026_07_28);
    }
  },
  V2025_11_25("MCP 2025-11-25") {
    @Override
    public @Nullable Verdict missing(TargetServer target) throws IOException {
      return target.mcp().missing(Revision.V2025_11_25);
    }
  },
  V2025_06_18("MCP 2025-06-18") {
    @Override
    public @Nullable Verdict missing(TargetServer target) throws IOException {
      return target.mcp().missing(Revision.V2025_06_18);
    }
  },
  V2025_03_26("MCP 2025-03-26") {
    @Override
    public @Nullable Verdict missing(TargetServer target) throws IOException {
      return target.mcp().missing(Revision.V2025_03_26);
    }
  };

  private static final String CLOSED =
      "registration is closed: it wants an initial access token (RFC 7591 §1.2)";

  private final String words;

  Need(String words) {
    this.words = words;
  }

  /** As the reference of all checks has it. */
  public String words() {
    return words;
  }

  /** Why the check cannot be tried, or null if this is there. */
  public abstract @Nullable Verdict missing(TargetServer target) throws IOException;

  private static Verdict unregistered(TargetServer target, String otherwise, String more)
      throws IOException {
    return Verdict.untested((target.clients().areClosed() ? CLOSED : otherwise) + more);
  }

  private static @Nullable Verdict absent(TargetServer target, String endpoint) throws IOException {
    Verdict metadata = SERVER_DOCUMENT.missing(target);
    if (metadata != null) {
      return metadata;
    }
    return target.server().text(endpoint) == null
        ? Verdict.inapplicable("the metadata has no " + endpoint)
        : null;
  }
}
