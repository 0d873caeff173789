package dev.ostiary.checker.server;

import dev.ostiary.checker.signin.SignIn;
import dev.ostiary.mcp.Revision;
import dev.ostiary.protocol.Secret;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the checker may do, and what it is given to do it with.
 *
 * @param strict whether what could not be tested counts as failed
 * @param thorough whether noisy and destructive checks are tried
 * @param revision the only revision to check; null for all that the server speaks
 * @param signIn how to sign in; null: not at all
 * @param token an access token from elsewhere
 * @param client a client that is registered already, for servers without registration
 * @param metadataUrl a public client id metadata document
 * @param sparing whether one client is registered at most, as on a server that others use
 * @param neighbour another server that trusts the same authorization server
 */
public record Options(
    boolean strict,
    boolean thorough,
    @Nullable Revision revision,
    @Nullable SignIn signIn,
    @Nullable Secret token,
    @Nullable KnownClient client,
    @Nullable URI metadataUrl,
    boolean sparing,
    @Nullable URI neighbour) {
  /** Without signing in. */
  public static final Options OPEN =
      new Options(false, false, null, null, null, null, null, false, null);

  /** A client that was registered beforehand. */
  public record KnownClient(String id, Optional<Secret> secret) {}

  public Options signIn(SignIn way) {
    return new Options(
        strict, thorough, revision, way, token, client, metadataUrl, sparing, neighbour);
  }

  public Options neighbour(@Nullable URI other) {
    return new Options(
        strict, thorough, revision, signIn, token, client, metadataUrl, sparing, other);
  }

  /** The way to sign in that needs no person. */
  public SignIn.@Nullable Automatic automatic() {
    return signIn instanceof SignIn.Automatic automatic ? automatic : null;
  }
}
