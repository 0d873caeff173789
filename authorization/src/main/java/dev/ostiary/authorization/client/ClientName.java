package dev.ostiary.authorization.client;

import dev.ostiary.protocol.ClientCredentials;
import dev.ostiary.protocol.Parameters;
import dev.ostiary.protocol.Result;
import java.util.List;

/** How a refused client named itself: foreign text, cut and cleaned for the audit stream. */
public final class ClientName {
  private static final int LONGEST = 200;

  private ClientName() {}

  public static String of(List<String> authorization, Parameters parameters) {
    String name =
        switch (ClientCredentials.parse(authorization, parameters)) {
          case Result.Ok(ClientCredentials credentials) -> credentials.client().value();
          case Result.Refused(var _) -> parameters.first("client_id").orElse("");
        };
    return clean(name);
  }

  private static String clean(String name) {
    return name.codePoints()
        .limit(LONGEST)
        .map(character -> character > 0x20 && character < 0x7f ? character : '?')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
