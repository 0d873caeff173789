package dev.ostiary.mcp.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.requirements.Requirement;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Messages are written again as they were read. */
final class RpcMessageTest {
  private static final String MARKS = " {}[]\",:\\0e9-nt";

  private static String again(String json) {
    return new String(RpcMessage.read(json.getBytes(UTF_8)).orElseThrow().toJson(), UTF_8);
  }

  @Test
  @Requirement("T-40")
  void keepIdsAndNumbers() {
    for (String id : new String[] {"\"\"", "\"7\"", "7", "-1", "12345678901234567890"}) {
      String json =
          "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"m\",\"params\":{\"n\":[1.0,0.10]}}";
      assertThat(again(json)).isEqualTo(json);
    }
    assertThat(again("{\"id\":1,\"result\":{\"n\":1e400}}")).contains("1E+400");
    for (String id : new String[] {"null", "1.5", "{}", "true"}) {
      byte[] json = ("{\"id\":" + id + ",\"method\":\"m\"}").getBytes(UTF_8);
      assertThat(RpcMessage.read(json)).isEmpty();
    }
  }

  /** Whatever is read is read again as the same; nothing throws. */
  @Test
  void areStable() {
    String seed =
        "{\"jsonrpc\":\"2.0\",\"id\":\"a\\u00e4\",\"method\":\"tools/call\",\"params\":{\"a\":[1e5,"
            + "-0.0,null,{\"b\":\"\\\"\"}]},\"error\":{\"code\":1},\"result\":{}}";
    Random random = new Random(42);
    for (int i = 0; i < 20_000; i++) {
      byte[] json = seed.getBytes(UTF_8);
      for (int j = random.nextInt(4); j >= 0; j--) {
        json[random.nextInt(json.length)] = (byte) MARKS.charAt(random.nextInt(MARKS.length()));
      }
      RpcMessage.read(json)
          .ifPresent(
              message ->
                  assertThat(RpcMessage.read(message.toJson()).orElseThrow().toJson())
                      .isEqualTo(message.toJson()));
    }
  }
}
