package dev.ostiary.authorization.client.assertion;

import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.ostiary.protocol.Result;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The public keys of a client (RFC 7517 §5). Keys that nothing here could use are left out, as RFC
 * 7517 §5 wants it, and one that should have stayed with the client spoils the whole set.
 */
final class ClientKeySet {
  private static final int MOST_KEYS = 50;

  /** So many at most are tried on one signature. */
  private static final int MOST_TRIED = 10;

  /** Members that only a private key has (RFC 7518 §6.2.2, §6.3.2; RFC 8037 §2). */
  private static final Set<String> PRIVATE = Set.of("d", "p", "q", "dp", "dq", "qi", "oth");

  private final List<JWK> keys;

  private ClientKeySet(List<JWK> keys) {
    this.keys = List.copyOf(keys);
  }

  static Result<ClientKeySet, KeyRefusal> parse(String jwks) {
    List<Map<String, Object>> members;
    try {
      Map<String, Object>[] listed =
          JSONObjectUtils.getJSONObjectArray(JSONObjectUtils.parse(jwks), "keys");
      members = listed == null ? List.of() : List.of(listed);
      if (listed == null || members.size() > MOST_KEYS) {
        return Result.refused(KeyRefusal.NOT_A_SET);
      }
    } catch (ParseException malformed) {
      return Result.refused(KeyRefusal.NOT_A_SET);
    }
    List<JWK> keys = new ArrayList<>();
    for (Map<String, Object> member : members) {
      if ("oct".equals(member.get("kty")) || member.containsKey("k")) {
        return Result.refused(KeyRefusal.SYMMETRIC);
      }
      if (member.keySet().stream().anyMatch(PRIVATE::contains)) {
        return Result.refused(KeyRefusal.PRIVATE);
      }
      read(member).filter(ClientKeySet::isUsable).ifPresent(keys::add);
    }
    return Result.ok(new ClientKeySet(keys));
  }

  boolean isEmpty() {
    return keys.isEmpty();
  }

  /**
   * What can verify a signature of this algorithm and key.
   *
   * @param keyId as the signature names its key; null fits every key, as a key without an id does
   */
  List<JWSVerifier> verifiers(AssertionAlgorithm algorithm, @Nullable String keyId) {
    return keys.stream()
        .filter(key -> keyId == null || key.getKeyID() == null || keyId.equals(key.getKeyID()))
        .filter(key -> key.getAlgorithm() == null || algorithm.isNamed(key.getAlgorithm()))
        .flatMap(key -> algorithm.verifier(key).stream())
        .limit(MOST_TRIED)
        .toList();
  }

  private static Optional<JWK> read(Map<String, Object> member) {
    try {
      return Optional.of(JWK.parse(member));
    } catch (ParseException unknown) {
      return Optional.empty();
    }
  }

  private static boolean isUsable(JWK key) {
    KeyUse use = key.getKeyUse();
    Set<KeyOperation> operations = key.getKeyOperations();
    boolean isForSignatures =
        (use == null || use.equals(KeyUse.SIGNATURE))
            && (operations == null || operations.contains(KeyOperation.VERIFY));
    return isForSignatures
        && List.of(AssertionAlgorithm.values()).stream()
            .filter(
                algorithm -> key.getAlgorithm() == null || algorithm.isNamed(key.getAlgorithm()))
            .anyMatch(algorithm -> algorithm.verifier(key).isPresent());
  }
}
