package dev.ostiary.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.requirements.Requirement;
import org.junit.jupiter.api.Test;

class ChallengeTest {
  private static final String METADATA = "https://host/.well-known/oauth-protected-resource/mcp";

  @Test
  void saysNoErrorToAClientThatSentNoCredentials() {
    assertThat(
            Challenge.unauthenticated()
                .resourceMetadata(METADATA)
                .scope(Scopes.of("mcp:read"))
                .toWire())
        .isEqualTo("Bearer resource_metadata=\"" + METADATA + "\", scope=\"mcp:read\"");
  }

  @Test
  void namesTheErrorFirst() {
    assertThat(
            Challenge.invalidToken("The access token expired")
                .resourceMetadata(METADATA)
                .scope(Scopes.of("a", "b"))
                .toWire())
        .isEqualTo(
            "Bearer error=\"invalid_token\", error_description=\"The access token expired\","
                + " resource_metadata=\""
                + METADATA
                + "\", scope=\"a b\"");
  }

  @Test
  void leavesOutWhatWasNotSaid() {
    assertThat(Challenge.unauthenticated().toWire()).isEqualTo("Bearer");
    assertThat(Challenge.unauthenticated().scope(Scopes.none()).toWire()).isEqualTo("Bearer");
  }

  @Test
  void replacesCharactersThatADescriptionMayNotHave() {
    assertThat(Challenge.invalidRequest("a \"b\" \\ c\r\nd é").toWire())
        .isEqualTo("Bearer error=\"invalid_request\", error_description=\"a 'b' ' c''d '\"");
  }

  @Test
  @Requirement("A-6")
  void neverAsksForOfflineAccess() {
    assertThat(
            Challenge.insufficientScope("more").scope(Scopes.of("repo", "offline_access")).toWire())
        .endsWith("scope=\"repo\"");
    assertThat(Challenge.unauthenticated().scope(Scopes.of("offline_access")).toWire())
        .isEqualTo("Bearer");
  }
}
