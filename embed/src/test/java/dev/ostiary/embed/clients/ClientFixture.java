package dev.ostiary.embed.clients;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * What is known of a real client: all that it registers and sends, in one file of YAML.
 *
 * @param version that this is known of, or the date of what was reported
 * @param evidence how it is known
 * @param sources where each statement can be looked up
 * @param metadataDocument the client id it uses instead of a registration wherever metadata
 *     documents work; null for a client without one
 * @param document what is behind that client id, in the shape of the real one; null for a client
 *     without one
 * @param registrations how often it registers before it goes on, with the last one
 * @param registration the content of its registration request, byte for byte where recorded
 * @param redirectUri the one it uses
 * @param revisions of MCP that it speaks, the oldest first
 * @param tolerance what it needs of a server that a strict one might not have
 */
record ClientFixture(
    String name,
    String vendor,
    String version,
    Evidence evidence,
    List<String> sources,
    @Nullable String metadataDocument,
    @Nullable String document,
    int registrations,
    String registration,
    String redirectUri,
    Authorize authorize,
    Token token,
    List<String> revisions,
    List<String> tolerance) {
  private static final Path FILES = Path.of("src/test/resources/dev/ostiary/embed/clients");
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();

  /** How a client's messages are known. */
  enum Evidence {
    /** The program was run, and what it sent was kept. */
    @JsonProperty("recorded")
    RECORDED,
    /** Its source code says so. */
    @JsonProperty("source")
    SOURCE,
    /** People who run servers reported what it sent. */
    @JsonProperty("reported")
    REPORTED
  }

  /** Which scopes a client asks for. */
  enum ScopePolicy {
    /** Those of the challenge. */
    @JsonProperty("challenge")
    CHALLENGE,
    /** Those of the challenge, and {@code offline_access} where the authorization server has it. */
    @JsonProperty("challenge-and-offline")
    CHALLENGE_AND_OFFLINE,
    /** Those of the protected resource's metadata, and {@code offline_access} likewise. */
    @JsonProperty("resource-and-offline")
    RESOURCE_AND_OFFLINE,
    /** Those of the authorization server's metadata. */
    @JsonProperty("authorization-server")
    AUTHORIZATION_SERVER
  }

  /**
   * The authorization request, beside what every client sends alike.
   *
   * @param resource whether it names the resource
   * @param parameters others
   */
  record Authorize(ScopePolicy scope, boolean resource, Map<String, String> parameters) {}

  /**
   * The token request.
   *
   * @param authentication the method, as the RFC names it
   * @param resource whether it names the resource
   */
  record Token(String authentication, boolean resource) {}

  /** Every client, in the order of their names. */
  static List<ClientFixture> all() throws IOException {
    try (Stream<Path> files = Files.list(FILES)) {
      return files.sorted().map(file -> YAML.readValue(file, ClientFixture.class)).toList();
    }
  }

  /** Every client that prefers a metadata document. */
  static List<ClientFixture> withDocuments() throws IOException {
    return all().stream().filter(client -> client.document() != null).toList();
  }

  /** Every redirect URI that the client registers. */
  List<String> registeredRedirectUris() {
    return YAML.readTree(registration).get("redirect_uris").values().stream()
        .map(JsonNode::asString)
        .toList();
  }

  @Override
  public String toString() {
    return name;
  }
}
