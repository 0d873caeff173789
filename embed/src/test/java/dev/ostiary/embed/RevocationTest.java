package dev.ostiary.embed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.store.GrantFilter;
import dev.ostiary.embed.TwoNodes.Node;
import dev.ostiary.embed.TwoNodes.Pair;
import dev.ostiary.protocol.GrantId;
import dev.ostiary.protocol.Result;
import dev.ostiary.requirements.Requirement;
import dev.ostiary.testkit.SampleClient;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Tokens that were revoked, at gateways that have them in memory. */
@Timeout(30)
class RevocationTest {
  private final TwoNodes nodes;

  RevocationTest() throws GeneralSecurityException {
    nodes = new TwoNodes();
  }

  @AfterEach
  void close() {
    nodes.close();
  }

  @Test
  @Requirement("R-26")
  void ofARefreshTokenStopsTheAccessTokensOfItsGrantAtOnce() {
    Pair pair = nodes.signIn("g1");
    Pair other = nodes.signIn("g2");
    assertThat(nodes.here.call(pair.access())).isEqualTo(200);
    assertThat(nodes.here.call(other.access())).isEqualTo(200);

    assertThat(nodes.here.revoke(pair.refresh()).status()).isEqualTo(200);

    assertThat(nodes.here.call(pair.access())).isEqualTo(401);
    assertThat(nodes.here.call(other.access())).isEqualTo(200);
    assertThat(nodes.isInForce("g1")).isFalse();
  }

  @Test
  void ofAnAccessTokenStopsItAtOnceAndLeavesItsGrantAndItsOtherTokens() {
    Pair pair = nodes.signIn("g1");
    Pair next = nodes.refresh(pair);
    assertThat(nodes.here.call(pair.access())).isEqualTo(200);
    assertThat(nodes.here.call(next.access())).isEqualTo(200);

    assertThat(nodes.here.revoke(pair.access()).status()).isEqualTo(200);

    assertThat(nodes.here.call(pair.access())).isEqualTo(401);
    assertThat(nodes.here.call(next.access())).isEqualTo(200);
    assertThat(nodes.isInForce("g1")).isTrue();
    assertThat(nodes.here.call(nodes.refresh(next).access())).isEqualTo(200);
  }

  @Test
  void reachesTheOtherNode() {
    Pair pair = nodes.signIn("g1");
    Pair next = nodes.refresh(pair);
    assertThat(nodes.there.call(pair.access())).isEqualTo(200);
    assertThat(nodes.there.call(next.access())).isEqualTo(200);

    nodes.here.revoke(pair.access());

    refuses(nodes.there, pair.access());
    assertThat(nodes.there.call(next.access())).isEqualTo(200);

    nodes.here.revoke(next.refresh());

    refuses(nodes.there, next.access());
  }

  @Test
  @Requirement("R-50")
  void byTheOperatorStopsTheAccessTokensOfAGrantAtOnceAndOnTheOtherNodeSoon() {
    Pair pair = nodes.signIn("g1");
    Pair other = nodes.signIn("g2");
    assertThat(nodes.here.call(pair.access())).isEqualTo(200);
    assertThat(nodes.there.call(pair.access())).isEqualTo(200);

    assertThat(nodes.here.operator().grants().revoke(GrantFilter.of(new GrantId("g1"))))
        .isEqualTo(1);

    assertThat(nodes.here.call(pair.access())).isEqualTo(401);
    refuses(nodes.there, pair.access());
    assertThat(nodes.here.call(other.access())).isEqualTo(200);
  }

  @Test
  @Requirement("R-50")
  void ofAClientByTheOperatorEndsAllItsGrants() {
    Pair pair = nodes.signIn("g1");
    Pair other = nodes.signIn("g2");
    assertThat(nodes.here.call(pair.access())).isEqualTo(200);

    assertThat(nodes.here.operator().clients().remove(SampleClient.ID))
        .isInstanceOf(Result.Ok.class);

    assertThat(nodes.here.call(pair.access())).isEqualTo(401);
    assertThat(nodes.here.call(other.access())).isEqualTo(401);
    assertThat(nodes.here.revoke(pair.refresh()).status()).isEqualTo(401);
  }

  @Test
  void isWhereTheMetadataSaysAndSoIsIntrospection() {
    JsonNode metadata = TwoNodes.json(nodes.here.get("/.well-known/oauth-authorization-server"));

    for (String endpoint : new String[] {"revocation_endpoint", "introspection_endpoint"}) {
      String path = URI.create(metadata.get(endpoint).stringValue()).getPath();
      assertThat(nodes.here.post(path, Map.of()).status()).as(endpoint).isEqualTo(401);
    }
  }

  /** Calls until the node has got the news. */
  private static void refuses(Node node, String accessToken) {
    Instant deadline = Instant.now().plusSeconds(30);
    while (node.call(accessToken) != 401) {
      assertThat(Instant.now()).isBefore(deadline);
      Thread.onSpinWait();
    }
  }
}
