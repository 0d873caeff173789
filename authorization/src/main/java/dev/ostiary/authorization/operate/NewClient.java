package dev.ostiary.authorization.operate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client to be added.
 *
 * @param id null for one that is made up
 * @param name what people read on the consent page
 * @param redirectUris at least one, by the rules of {@link
 *     dev.ostiary.authorization.client.redirect.RedirectRules}
 * @param confidential whether it gets a secret (OAuth 2.1 §2.1)
 */
public record NewClient(
    @Nullable String id, String name, List<String> redirectUris, boolean confidential) {
  public NewClient {
    redirectUris = List.copyOf(redirectUris);
  }
}
