package dev.ostiary.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A signed statement with which a client proves who it is (RFC 7521 §4.2, RFC 7523 §2.2). Nothing
 * in it is proven yet, and any holder can use it: it is as secret as a client secret.
 *
 * @param client as the request names it, or as the statement does where the request does not
 * @param jwt as it was sent
 */
public record ClientAssertion(ClientId client, Secret jwt) {
  /** The only type of assertion there is here. */
  public static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  /** Far more than claims and a signature need. */
  public static final int LONGEST = 8 * 1024;

  /** The subject of a JWT, whose signature is not looked at. */
  static Optional<ClientId> subject(String jwt) {
    String[] parts = jwt.length() > LONGEST ? new String[0] : jwt.split("\\.", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    try {
      byte[] claims = Base64.getUrlDecoder().decode(parts[1].getBytes(StandardCharsets.US_ASCII));
      return Json.readObject(claims)
          .map(object -> object.get("sub"))
          .filter(JsonNode::isString)
          .map(JsonNode::stringValue)
          .filter(subject -> !subject.isEmpty())
          .map(ClientId::new);
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }
}
