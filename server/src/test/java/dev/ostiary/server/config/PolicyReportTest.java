package dev.ostiary.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.connector.github.GitHub;
import dev.ostiary.embed.config.OstiaryConfig;
import dev.ostiary.gateway.policy.Condition;
import dev.ostiary.gateway.policy.OfferedScope;
import dev.ostiary.gateway.policy.Policy;
import dev.ostiary.gateway.policy.RequiredScopes;
import dev.ostiary.gateway.policy.Rule;
import dev.ostiary.mcp.Scalar;
import dev.ostiary.protocol.LocalizedText;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Scope;
import dev.ostiary.protocol.ScopeDescription;
import dev.ostiary.protocol.ScopeEffect;
import dev.ostiary.protocol.Scopes;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Policies as they are written in YAML. */
final class PolicyReportTest {
  private static final Map<String, String> VARIABLES =
      Map.of("GITHUB_CLIENT_ID", "id", "GITHUB_CLIENT_SECRET", "s3cr3t");

  private static final String EVERYTHING =
      """
      scopes:
        docs:read: { title: Read documents, default: true }
        docs:write: { title: Change documents, implies: [docs:read] }
        docs:admin: { title: Delete documents, implies: docs:write }
        audit: Read the audit trail
        board:
          title: { en: See the board, ja: ボードを見る }
          effect: private
        bare:
      default: allow
      tools:
        read_*: docs:read
        move: [docs:read, docs:write]
        ping: allow
        drop_database: deny
        export: { any-of: [audit, [docs:read, bare]], read-only: true }
        edit:
          - needs: docs:admin
            when: { target.kind: { equals: system }, force: { equals: true } }
          - needs: docs:write
            when: { pages: { in: [1, 2.50, "3"] } }
          - needs: docs:write
            when: { path: { prefix: /public/ } }
          - needs: deny
      resources:
        "docs://*": docs:read
      prompts:
        "*": { needs: allow, when: { lang: { equals: en } } }
      methods:
        tools/list: docs:read
        tasks/*: docs:write
      """;

  @TempDir private Path folder;

  @Test
  void everyWordReachesItsRule() throws IOException {
    Policy expected =
        Policy.builder()
            .scope(OfferedScope.of("docs:read", "Read documents").asDefault())
            .scope(OfferedScope.of("docs:write", "Change documents").implying("docs:read"))
            .scope(OfferedScope.of("docs:admin", "Delete documents").implying("docs:write"))
            .scope(OfferedScope.of("audit", "Read the audit trail"))
            .scope(
                new OfferedScope(
                    new Scope("board"),
                    new ScopeDescription(
                        new LocalizedText(Map.of("en", "See the board", "ja", "ボードを見る")),
                        ScopeEffect.PRIVATE),
                    false,
                    Scopes.none()))
            .scope(OfferedScope.of("bare", ""))
            .otherwise(RequiredScopes.NOTHING)
            .tool("read_*", RequiredScopes.of("docs:read"))
            .tool("move", RequiredScopes.of("docs:read", "docs:write"))
            .tool("ping", RequiredScopes.NOTHING)
            .tool("drop_database", RequiredScopes.DENIED)
            .tool(
                Rule.of(
                        "export",
                        new RequiredScopes.AnyOf(
                            List.of(Scopes.of("audit"), Scopes.of("docs:read", "bare"))))
                    .readOnly(true))
            .tool(
                Rule.of("edit", RequiredScopes.of("docs:admin"))
                    .when(Condition.equalTo("target.kind", "system"))
                    .when(
                        new Condition("force", new Condition.Test.Equals(new Scalar.Truth(true)))))
            .tool(
                Rule.of("edit", RequiredScopes.of("docs:write"))
                    .when(
                        new Condition(
                            "pages",
                            new Condition.Test.In(
                                List.of(
                                    new Scalar.Quantity(BigDecimal.ONE),
                                    new Scalar.Quantity(new BigDecimal("2.5")),
                                    new Scalar.Text("3"))))))
            .tool(
                Rule.of("edit", RequiredScopes.of("docs:write"))
                    .when(Condition.prefix("path", "/public/")))
            .tool("edit", RequiredScopes.DENIED)
            .resource("docs://*", RequiredScopes.of("docs:read"))
            .prompt(Rule.of("*", RequiredScopes.NOTHING).when(Condition.equalTo("lang", "en")))
            .method("tools/list", RequiredScopes.of("docs:read"))
            .method("tasks/*", RequiredScopes.of("docs:write"))
            .build();

    assertThat(
            policy("servers:\n  d:\n    connector: github\n    policy:\n" + EVERYTHING.indent(6)))
        .isEqualTo(expected);
    Files.writeString(folder.resolve("docs.yaml"), EVERYTHING);
    assertThat(policy("servers: { d: { connector: github, policy: 'file:docs.yaml' } }"))
        .isEqualTo(expected);
  }

  @Test
  void aReadyOneIsCalledByItsNameAndMayBeExtended() throws IOException {
    Policy github = new GitHub().policy().orElseThrow();
    assertThat(policy("servers: { d: { connector: github, policy: github } }")).isEqualTo(github);

    Policy extended =
        policy(
            "servers: { d: { connector: github, policy: { extends: github, scopes: { extra: X },"
                + " tools: { get_me: extra, mine: repo } } } }");

    assertThat(extended.otherwise()).isEqualTo(RequiredScopes.DENIED);
    assertThat(extended.scopes()).hasSize(github.scopes().size() + 1);
    assertThat(extended.tools().written())
        .hasSize(github.tools().written().size() + 1)
        .contains(
            Rule.of("get_me", RequiredScopes.of("extra")),
            Rule.of("mine", RequiredScopes.of("repo")))
        .doesNotContain(Rule.of("get_me", RequiredScopes.NOTHING).readOnly(true));
  }

  @Test
  void whatNoRuleIsAboutIsDeniedUnlessItSaysSo() throws IOException {
    assertThat(policy("servers: { d: { connector: github, policy: { tools: { a: allow } } } }"))
        .extracting(Policy::otherwise)
        .isEqualTo(RequiredScopes.DENIED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "gitlab |  = gitlab | is not a policy that Ostiary has | (github), file:PATH",
        "file:nope.yaml |  = file:nope.yaml | names a file that cannot be read | file:PATH",
        "[a] | policy | does not say who may do what | (github), file:PATH",
        "{ tool: { a: allow } } | .tool | is not a key of a policy | tools",
        "{ tools: read } | .tools = read | must have keys of its own | names or patterns",
        "{ default: maybe } | .default = maybe | must be deny or allow | for \"*\"",
        "{ extends: gitlab } | .extends = gitlab | must be the name of a policy | There are:"
            + " github",
        "{ scopes: { 'a b': x } } | .scopes.a b = x | cannot be the name of a scope | letters",
        "{ scopes: { deny: x } } | .scopes.deny = x | cannot be the name of a scope | deny",
        "{ scopes: { offline_access: x } } | .scopes.offline_access | cannot be the name | words",
        "{ scopes: { a: [x] } } | .scopes.a | must be a title | title, effect, default, implies",
        "{ scopes: { a: { titel: x } } } | .scopes.a.titel | is not a key | title",
        "{ scopes: { a: { default: yes } } } | .scopes.a.default = yes | must be true or false |"
            + " just",
        "{ scopes: { a: { implies: b } } } | .scopes.a.implies | names b, which is not among scopes"
            + " | Declare it",
        "{ tools: { t: nope } } | .tools.t = nope | not among scopes | Declare it under scopes.",
        "{ scopes: { a: A }, tools: { t: aa } } | .tools.t = aa | not among scopes | one of: a.",
        "{ tools: { t: offline_access } } | .tools.t | a right at no server | Declare",
        "{ tools: { t: [deny] } } | .tools.t = deny | does not name a scope | Write allow, deny",
        "{ tools: { t: } } | .tools.t | does not say what it needs | Write allow, deny",
        "{ tools: { t: {} } } | .tools.t | either needs or any-of | Write what it needs",
        "{ tools: { t: { needs: allow, any-of: [[]] } } } | .tools.t | either needs or any-of | a",
        "{ tools: { t: { any-of: [] } } } | .tools.t.any-of | must be a list | [repo, [user,"
            + " gist]]",
        "{ tools: { t: { needs: allow, then: x } } } | .tools.t.then = x | is not a key |"
            + " read-only",
        "{ tools: { t: { needs: allow, read-only: 1 } } } | .read-only = 1 | must be true |"
            + " letters",
        "{ tools: { t: [{ needs: allow }, { needs: deny }] } } | .tools.t | behind one that is for"
            + " every call | last",
        "{ tools: { '': allow } } | .tools. = allow | has no name | for every one",
        "{ tools: { t: { needs: allow, when: {} } } } | .when | names no argument | Leave when out",
        "{ tools: { t: { needs: allow, when: { a: b } } } } | .when.a = b | keys of its own |"
            + " equals",
        "{ tools: { t: { needs: allow, when: { a: { is: b } } } } } | .when.a.is = b | is not a key"
            + " | equals, in, prefix",
        "{ tools: { t: { needs: allow, when: { a: { equals: 1, in: [1] } } } } } | .when.a |"
            + " exactly one | prefix",
        "{ tools: { t: { needs: allow, when: { a: { in: 1 } } } } } | .when.a.in = 1 | must be a"
            + " list of values | VALUE",
        "{ tools: { t: { needs: allow, when: { a: { prefix: 1 } } } } } | .prefix = 1 | beginning"
            + " of a text | quotes",
        "{ tools: { t: { needs: allow, when: { a: { prefix: /a/../b } } } } } | .prefix | without ."
            + " and .. | quotes",
        "{ tools: { t: { needs: allow, when: { a: { equals: [1] } } } } } | .equals | must be a"
            + " text, a number | VALUE",
        "{ tools: { t: { needs: allow, when: { a..b: { equals: 1 } } } } } | .when.a..b | path with"
            + " dots | equals",
        "{ resources: { 'DOCS://*': allow } } | .resources.DOCS://* | scheme in lower case | lower"
            + " case",
        "{ resources: { 'file:///a/../b': allow } } | .resources.file:///a/../b | segment of dots |"
            + " without . and ..",
        "{ resources: { 'a:b': { needs: allow, when: { a: { equals: 1 } } } } } | .when | is not a"
            + " key | any-of, needs",
        "{ methods: { tools/call: allow } } | .methods.tools/call | is judged by what it uses |"
            + " tools",
        "{ methods: { ping: deny } } | .methods.ping | is open to everybody | Leave the rule out",
      })
  void namesTheKeyTheProblemAndTheRemedy(String yaml, String key, String what, String remedy)
      throws IOException {
    assertThat(report("servers: { d: { connector: github, policy: " + yaml + " } }"))
        .contains("line 1: servers.d.policy", key, what, remedy);
  }

  @Test
  void reportsEverythingAtOnceWithTheLinesOfAnotherFile() throws IOException {
    Files.writeString(
        folder.resolve("mine.yaml"), "default: perhaps\ntools:\n  a: nope\n  b: allow\n");

    assertThat(report("\n\nservers:\n  d:\n    connector: github\n    policy: file:mine.yaml\n"))
        .contains(
            "has 2 problems",
            "line 6: servers.d.policy (mine.yaml, line 1): default = perhaps",
            "line 6: servers.d.policy (mine.yaml, line 3): tools.a = nope");
  }

  @Test
  void saysWhereAFileIsNoYaml() throws IOException {
    Files.writeString(folder.resolve("mine.yaml"), "tools:\n  a: allow\n  a: deny\n");

    assertThat(report("servers: { d: { connector: github, policy: 'file:mine.yaml' } }"))
        .contains("servers.d.policy (mine.yaml, line 3): tools.a", "already given in line 2");
  }

  private Policy policy(String yaml) throws IOException {
    return switch (read(yaml)) {
      case Result.Ok<OstiaryConfig, String>(OstiaryConfig config) ->
          Objects.requireNonNull(
              Objects.requireNonNull(config.servers().get("d")).policy().policy());
      case Result.Refused<OstiaryConfig, String>(String report) -> throw new AssertionError(report);
    };
  }

  private String report(String yaml) throws IOException {
    return switch (read(yaml)) {
      case Result.Ok<OstiaryConfig, String> _ -> throw new AssertionError("nothing was wrong");
      case Result.Refused<OstiaryConfig, String>(String report) -> report;
    };
  }

  private Result<OstiaryConfig, String> read(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("ostiary.yaml"), yaml);
    return ConfigSource.file(file, VARIABLES).read();
  }
}
