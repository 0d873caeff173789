package dev.ostiary.connector.openid;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.authorization.upstream.UpstreamCredentials;
import dev.ostiary.authorization.upstream.UpstreamRefusal;
import dev.ostiary.authorization.upstream.UpstreamTokenResponse;
import dev.ostiary.connector.AllowRule;
import dev.ostiary.gateway.call.AllowedUsers;
import dev.ostiary.gateway.call.AllowedUsers.Verdict;
import dev.ostiary.gateway.token.Caller;
import dev.ostiary.protocol.ClientId;
import dev.ostiary.protocol.GrantId;
import dev.ostiary.protocol.Result;
import dev.ostiary.protocol.Scopes;
import dev.ostiary.protocol.Secret;
import dev.ostiary.protocol.Subject;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Who may sign in: mona of acme.example, in the groups engineering and design. */
final class AllowListTest {
  private static final String TENANT = "11111111-2222-3333-4444-555555555555";

  @Test
  void knowsSubjectsGroupsAndDomains() {
    assertAllowed(Acme.subjects("user-2501"));
    assertAllowed(Acme.groups("design"));
    assertAllowed(Acme.domains("acme.example"));
    assertAllowed(
        new AllowRule(
            List.of(),
            List.of(),
            List.of(),
            List.of("none"),
            List.of("acme.example"),
            List.of("x")));
  }

  @Test
  void letsNobodyElseIn() {
    assertRefused(Acme.allowing(Acme.subjects("user-250")), "is not one of the subjects");
    assertRefused(Acme.allowing(Acme.groups("Design")), "is in none of the groups");
    assertRefused(
        Acme.allowing(Acme.domains("cme.example", "example", "sub.acme.example")),
        "has no verified e-mail address in the domains");
  }

  @Test
  void countsOnlyAddressesThatAreVerified() {
    Acme acme = Acme.allowing(Acme.domains("acme.example"));
    acme.faults().claims(claims -> claims.put("email_verified", false));
    assertRefused(acme, "has no verified e-mail address in the domains");

    acme.faults().claims(IdTokenDefectsTest.without("email_verified"));
    acme.faults().userInfo(IdTokenDefectsTest.without("email_verified"));
    assertRefused(
        acme,
        "came without the claim email_verified, by which the provider vouches for the e-mail"
            + " address");
  }

  @Test
  void readsGroupsFromUserInfoAndFromASingleText() {
    Acme acme = Acme.allowing(Acme.groups("design"));
    acme.faults().claims(IdTokenDefectsTest.without("groups"));
    assertThat(acme.signIn()).isInstanceOf(Result.Ok.class);

    acme.faults().claims(IdTokenDefectsTest.put("groups", "design"));
    assertThat(acme.signIn()).isInstanceOf(Result.Ok.class);
  }

  @Test
  void saysWhichClaimIsMissing() {
    Acme acme = Acme.allowing(Acme.groups("design"));
    acme.faults().claims(IdTokenDefectsTest.without("groups"));
    acme.faults().userInfo(IdTokenDefectsTest.without("groups"));

    assertThat(Acme.refusal(acme.signIn()).toString()).contains("sign-in.openid.acme.groups-claim");
  }

  @Test
  void saysThatThereAreTooManyGroups() {
    Acme acme = Acme.allowing(Acme.groups("design"));
    UnaryOperator<ObjectNode> overage =
        IdTokenDefectsTest.change(
            claims -> {
              claims.remove("groups");
              claims.putObject("_claim_names").put("groups", "src1");
              claims.putObject("_claim_sources").putObject("src1").put("endpoint", "https://x");
            });
    acme.faults().claims(overage);
    acme.faults().userInfo(IdTokenDefectsTest.without("groups"));

    assertThat(Acme.refusal(acme.signIn()))
        .isInstanceOfSatisfying(
            UpstreamRefusal.Misconfigured.class,
            refusal -> {
              assertThat(refusal.error()).isEqualTo("groups_overage");
              assertThat(refusal.remedy()).contains("Groups assigned to the application");
            });
  }

  @Test
  void forgetsWhoHasLeftAGroup() {
    Acme acme = Acme.allowing(Acme.groups("design"));
    var tokens = acme.signedIn().tokens();
    acme.faults().userInfo(IdTokenDefectsTest.change(claims -> claims.putArray("groups")));

    assertThat(Acme.refusal(acme.upstream().check(tokens)))
        .isInstanceOf(UpstreamRefusal.NotAllowed.class);
  }

  @Test
  void knowsTheUsersOfOneServerByTheirTokens() {
    Acme acme = Acme.usual();
    UpstreamTokenResponse tokens = acme.signedIn().tokens();
    AllowedUsers engineers = acme.connector.users(Acme.groups("engineering"), new Kept(tokens));
    AllowedUsers robots = acme.connector.users(Acme.groups("robots"), new Kept(tokens));

    assertThat(engineers.known(caller("acme:user-2501"))).isNull();
    assertThat(engineers.ask(caller("acme:user-2501"))).isEqualTo(Verdict.ALLOWED);
    assertThat(engineers.known(caller("acme:user-2501"))).isEqualTo(Verdict.ALLOWED);
    assertThat(robots.ask(caller("acme:user-2501"))).isEqualTo(Verdict.NOT_ALLOWED);
    assertThat(engineers.ask(caller("github:2501"))).isEqualTo(Verdict.NOT_ALLOWED);
    assertThat(engineers.ask(caller("acme:user-583231"))).isNotEqualTo(Verdict.ALLOWED);
  }

  private static Caller caller(String subject) {
    return new Caller(
        new Subject(subject), new ClientId("cli"), new GrantId("grant"), Scopes.of("mcp"));
  }

  /** The same tokens for every grant. */
  private record Kept(UpstreamTokenResponse tokens) implements UpstreamCredentials {
    @Override
    public Result<UpstreamTokenResponse, Refusal> find(GrantId grant) {
      return Result.ok(tokens);
    }

    @Override
    public Result<UpstreamTokenResponse, Refusal> renew(
        GrantId grant, UpstreamTokenResponse refused) {
      return Result.refused(new Refusal.SignInAgain());
    }

    @Override
    public Result<UpstreamTokenResponse, Refusal> reconsider(GrantId grant, Secret refused) {
      return Result.ok(tokens);
    }
  }

  @Test
  void takesGooglesWordForDomainsThatItManages() {
    Acme acme = typed(ProviderType.GOOGLE, Acme.domains("acme.example"));
    assertThat(acme.signIn()).isInstanceOf(Result.Refused.class);

    acme.faults().claims(IdTokenDefectsTest.put("hd", "acme.example"));
    assertThat(acme.signIn()).isInstanceOf(Result.Ok.class);
  }

  @Test
  void knowsUsersOfEntraByTenantAndObject() {
    String object = UUID.randomUUID().toString();
    Acme acme = entra(Acme.subjects(TENANT + "." + object));
    acme.faults().claims(entraClaims(TENANT, object));
    assertThat(acme.signedIn().userId()).isEqualTo(TENANT + "." + object);

    acme.faults().claims(claims -> entraClaims(TENANT, object).apply(claims).put("oid", "x"));
    assertThat(acme.signIn()).isInstanceOf(Result.Refused.class);
  }

  @Test
  void wantsTheIssuerOfTheTenantThatTheTokenNames() {
    Acme acme = entra(AllowRule.ANYBODY);
    acme.faults()
        .claims(
            claims ->
                entraClaims(TENANT, "object").apply(claims).put("tid", TENANT.replace('1', '9')));
    assertMisconfigured(acme, "id_token_issuer");

    acme.faults()
        .claims(
            claims ->
                entraClaims(TENANT, "object")
                    .apply(claims)
                    .put("tid", "{tenantid}")
                    .put("iss", Acme.ISSUER + "/{tenantid}/v2.0"));
    assertThat(acme.signIn()).isInstanceOf(Result.Refused.class);
  }

  @Test
  void countsAddressesAtEntraOnlyIfTheDomainIsVerified() {
    Acme acme = entra(Acme.domains("acme.example"));
    acme.faults().claims(entraClaims(TENANT, "object"));
    assertRefused(
        acme,
        "came without the claim xms_edov, by which the provider vouches for the e-mail address");

    acme.faults()
        .claims(claims -> entraClaims(TENANT, "object").apply(claims).put("xms_edov", true));
    assertThat(acme.signIn()).isInstanceOf(Result.Ok.class);
  }

  @Test
  void needsTheClaimsThatIdentifyUsersOfEntra() {
    Acme acme = entra(AllowRule.ANYBODY);
    acme.faults()
        .claims(
            claims -> {
              entraClaims(TENANT, "object").apply(claims).remove("oid");
              return claims;
            });

    assertMisconfigured(acme, "missing_claim");
  }

  private static Acme entra(AllowRule allow) {
    Acme acme =
        new Acme(
            new OpenIdSettings(
                ProviderType.ENTRA,
                Acme.ISSUER + "/{tenantid}/v2.0",
                Acme.ISSUER + "/.well-known/openid-configuration",
                "",
                "ostiary",
                Acme.SECRET,
                new Secret(""),
                "Microsoft",
                List.of(),
                "groups",
                allow));
    acme.faults().metadata(metadata -> metadata.put("issuer", Acme.ISSUER + "/{tenantid}/v2.0"));
    acme.faults().issuer("");
    return acme;
  }

  private static UnaryOperator<ObjectNode> entraClaims(String tenant, String object) {
    return claims ->
        claims
            .put("iss", Acme.ISSUER + "/" + tenant + "/v2.0")
            .put("tid", tenant)
            .put("oid", object);
  }

  private static Acme typed(ProviderType type, AllowRule allow) {
    return new Acme(
        new OpenIdSettings(
            type,
            Acme.ISSUER,
            "",
            "",
            "ostiary",
            Acme.SECRET,
            new Secret(""),
            type.title(),
            List.of(),
            type.groupsClaim(),
            allow));
  }

  private static void assertAllowed(AllowRule allow) {
    assertThat(Acme.allowing(allow).signIn()).isInstanceOf(Result.Ok.class);
  }

  private static void assertRefused(Acme acme, String lack) {
    assertThat(Acme.refusal(acme.signIn()))
        .isInstanceOfSatisfying(
            UpstreamRefusal.NotAllowed.class,
            refusal -> assertThat(refusal.lacks()).containsExactly(lack));
  }

  private static void assertMisconfigured(Acme acme, String error) {
    assertThat(Acme.refusal(acme.signIn()))
        .isInstanceOfSatisfying(
            UpstreamRefusal.Misconfigured.class,
            refusal -> assertThat(refusal.error()).isEqualTo(error));
  }
}
