package dev.ostiary.connector.openid;

import dev.ostiary.authorization.upstream.UpstreamRefusal;
import dev.ostiary.protocol.Json;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a provider says about a user.
 *
 * @param idToken its claims, which are checked
 * @param userInfo what userinfo answered, about the same subject; empty if it was not asked
 */
record UserClaims(ProviderType type, ObjectNode idToken, ObjectNode userInfo) {
  private static final int LONGEST_NAME = 200;

  /** What the ID token alone says. */
  static UserClaims of(ProviderType type, ObjectNode idToken) {
    return new UserClaims(type, idToken, Json.object());
  }

  UserClaims with(ObjectNode answer) {
    return new UserClaims(type, idToken, answer);
  }

  /** The claims of an ID token that was checked before it was stored. */
  static Optional<ObjectNode> decode(Secret idToken) {
    String[] parts = idToken.reveal().split("\\.", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    try {
      return Json.readObject(Base64.getUrlDecoder().decode(parts[1]));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  /** Userinfo is asked later than the ID token was made, so its word counts first. */
  JsonNode claim(String name) {
    return userInfo.has(name) ? userInfo.path(name) : idToken.path(name);
  }

  boolean has(String name) {
    return userInfo.has(name) || idToken.has(name);
  }

  String subject() {
    return idToken.path("sub").asString("");
  }

  /**
   * What identifies the user for ever: {@code sub}; at Entra, where that is another one for each
   * client, tenant and object.
   */
  Result<String, UpstreamRefusal> userId(Refusals refusals) {
    if (type != ProviderType.ENTRA) {
      return Result.ok(subject());
    }
    String tenant = idToken.path("tid").asString("");
    String object = idToken.path("oid").asString("");
    if (tenant.isEmpty() || object.isEmpty()) {
      return Result.refused(
          refusals.claim(
              tenant.isEmpty() ? "tid" : "oid",
              "Entra sends it with the scope profile; compare "
                  + refusals.key("type")
                  + " with the provider."));
    }
    return Result.ok(tenant + "." + object);
  }

  /** What people call the user. */
  String userName() {
    return Stream.of("preferred_username", "email", "name")
        .map(name -> claim(name).asString(""))
        .filter(text -> !text.isBlank())
        .findFirst()
        .map(UserClaims::shown)
        .orElseGet(this::subject);
  }

  /** Without line breaks and direction marks, which could make it look like something else. */
  private static String shown(String text) {
    String plain = text.replaceAll("[\\p{Cntrl}\\p{Cf}]", "");
    int bytes = plain.getBytes(StandardCharsets.UTF_8).length;
    return bytes <= LONGEST_NAME ? plain : plain.substring(0, Math.min(plain.length(), 60)) + "…";
  }

  boolean hasName() {
    return Stream.of("preferred_username", "email", "name").anyMatch(this::has);
  }

  /** The groups in a claim. */
  List<String> groups(String claim) {
    return IdTokenClaims.strings(claim(claim));
  }

  /** Whether there are more groups than the ID token lists (Entra's groups overage). */
  boolean hasMoreGroups(String claim) {
    return idToken.path("_claim_names").has(claim)
        || userInfo.path("_claim_names").has(claim)
        || isTrue(idToken.path("hasgroups"));
  }

  /** Whether the provider vouches for an address in a domain. */
  boolean isInDomain(String domain) {
    boolean there = claim("email").asString("").toLowerCase(Locale.ROOT).endsWith("@" + domain);
    return switch (type) {
      case GOOGLE ->
          idToken.path("hd").asString("").equalsIgnoreCase(domain)
              || (domain.equals("gmail.com") && there && isTrue(claim("email_verified")));
      case ENTRA -> there && isTrue(idToken.path("xms_edov"));
      case NONE, OKTA, AUTH0, KEYCLOAK, GITLAB, WORKOS -> there && isTrue(claim("email_verified"));
    };
  }

  /** The claim that says whether an address is the user's, for those who look for what lacks. */
  String proofOfDomain() {
    return switch (type) {
      case GOOGLE -> "hd";
      case ENTRA -> "xms_edov";
      case NONE, OKTA, AUTH0, KEYCLOAK, GITLAB, WORKOS -> "email_verified";
    };
  }

  /** Some providers write truth as text or as a number. */
  private static boolean isTrue(JsonNode claim) {
    return claim.isValueNode() && List.of("true", "1").contains(claim.asString(""));
  }
}
