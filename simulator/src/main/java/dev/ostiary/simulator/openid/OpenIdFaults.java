package dev.ostiary.simulator.openid;

import dev.ostiary.http.Reply;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What can go wrong at the provider, to order; each member changes what would have been right. */
public final class OpenIdFaults {
  private final OpenIdTokens tokens;
  private final SigningKeys keys;
  private final Map<String, Reply> replies = new ConcurrentHashMap<>();
  private final Queue<Reply> tokenReplies = new ConcurrentLinkedQueue<>();
  private volatile UnaryOperator<ObjectNode> metadata = UnaryOperator.identity();
  private volatile UnaryOperator<ObjectNode> publishedKeys = UnaryOperator.identity();
  private volatile UnaryOperator<ObjectNode> header = UnaryOperator.identity();
  private volatile UnaryOperator<ObjectNode> claims = UnaryOperator.identity();
  private volatile UnaryOperator<ObjectNode> accessClaims = UnaryOperator.identity();
  private volatile UnaryOperator<ObjectNode> userInfo = UnaryOperator.identity();
  private volatile UnaryOperator<ObjectNode> tokenResponse = UnaryOperator.identity();
  private volatile @Nullable Function<String, byte[]> signature;
  private volatile @Nullable String authorizationError;
  private volatile @Nullable String issuer;

  OpenIdFaults(OpenIdTokens tokens, SigningKeys keys) {
    this.tokens = tokens;
    this.keys = keys;
  }

  /** Changes the metadata. */
  public void metadata(UnaryOperator<ObjectNode> change) {
    metadata = change;
  }

  /** Changes the published keys. */
  public void publishedKeys(UnaryOperator<ObjectNode> change) {
    publishedKeys = change;
  }

  /** Changes the header of ID tokens, before they are signed. */
  public void header(UnaryOperator<ObjectNode> change) {
    header = change;
  }

  /** Changes the claims of ID tokens, before they are signed. */
  public void claims(UnaryOperator<ObjectNode> change) {
    claims = change;
  }

  /** Changes the claims of access tokens that are JWTs, before they are signed. */
  public void accessClaims(UnaryOperator<ObjectNode> change) {
    accessClaims = change;
  }

  /** Changes what userinfo answers. */
  public void userInfo(UnaryOperator<ObjectNode> change) {
    userInfo = change;
  }

  /** Changes what the token endpoint answers. */
  public void tokenResponse(UnaryOperator<ObjectNode> change) {
    tokenResponse = change;
  }

  /** Signs ID tokens otherwise: the signing input in, the signature out. */
  public void signature(Function<String, byte[]> otherwise) {
    signature = otherwise;
  }

  /** Answers authorization requests with this error. */
  public void authorizationError(String error) {
    authorizationError = error;
  }

  /** Names this issuer in callbacks, in place of the right one; empty for none. */
  public void issuer(String wrong) {
    issuer = wrong;
  }

  /** Answers requests to a path with this. */
  public void answer(String path, Reply reply) {
    replies.put(path, reply);
  }

  /** Answers the next request to the token endpoint with this; several line up. */
  public void nextTokenReply(Reply reply) {
    tokenReplies.add(reply);
  }

  /** Replaces the signing key by a new one. */
  public void rotateKeys() {
    keys.rotate();
  }

  /** Ends every token of a user. */
  public void endSessions(String login) {
    tokens.removeAll(login);
  }

  /** Ends every fault. */
  public void recover() {
    replies.clear();
    tokenReplies.clear();
    metadata = UnaryOperator.identity();
    publishedKeys = UnaryOperator.identity();
    header = UnaryOperator.identity();
    claims = UnaryOperator.identity();
    accessClaims = UnaryOperator.identity();
    userInfo = UnaryOperator.identity();
    tokenResponse = UnaryOperator.identity();
    signature = null;
    authorizationError = null;
    issuer = null;
  }

  Optional<Reply> reply(String path) {
    return Optional.ofNullable(replies.get(path));
  }

  Optional<Reply> tokenReply() {
    return Optional.ofNullable(tokenReplies.poll());
  }

  Optional<String> authorizationError() {
    return Optional.ofNullable(authorizationError);
  }

  String issuerOr(String right) {
    String wrong = issuer;
    return wrong == null ? right : wrong;
  }

  ObjectNode changedMetadata(ObjectNode right) {
    return metadata.apply(right);
  }

  ObjectNode changedKeys(ObjectNode right) {
    return publishedKeys.apply(right);
  }

  ObjectNode changedHeader(ObjectNode right) {
    return header.apply(right);
  }

  ObjectNode changedClaims(ObjectNode right) {
    return claims.apply(right);
  }

  ObjectNode changedAccessClaims(ObjectNode right) {
    return accessClaims.apply(right);
  }

  ObjectNode changedUserInfo(ObjectNode right) {
    return userInfo.apply(right);
  }

  ObjectNode changedTokenResponse(ObjectNode right) {
    return tokenResponse.apply(right);
  }

  byte[] signatureOf(String text) {
    Function<String, byte[]> otherwise = signature;
    return otherwise == null ? keys.sign(text) : otherwise.apply(text);
  }
}
