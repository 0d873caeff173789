package dev.ostiary.server;

import dev.ostiary.connector.AllowRule;
import dev.ostiary.connector.ConnectorSettings;
import dev.ostiary.connector.github.GitHubSettings;
import dev.ostiary.connector.openid.OpenIdSettings;
import dev.ostiary.http.Service;
import dev.ostiary.protocol.Issuer;
import dev.ostiary.protocol.Secret;
import dev.ostiary.simulator.SimulatedGitHub;
import dev.ostiary.simulator.openid.OpenIdClient;
import dev.ostiary.simulator.openid.OpenIdProviderSettings;
import dev.ostiary.simulator.openid.SimulatedOpenIdProvider;
import dev.ostiary.simulator.settings.Person;
import dev.ostiary.simulator.settings.SimulatorSettings;
import dev.ostiary.simulator.token.App;
import java.net.URI;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A simulated identity provider that Ostiary is registered at.
 *
 * @param title what it is called on the terminal
 * @param name its entry of {@code sign-in}
 * @param service what it serves
 * @param at tells it where that is
 * @param settings of Ostiary, for one that is there
 */
record DemoProvider(
    String title,
    String name,
    Service service,
    Consumer<URI> at,
    Function<URI, ConnectorSettings> settings) {
  private static final String CLIENT_ID = "ostiary-demo";

  /** Who signs in by themselves, where that is asked for. */
  private static final Person USER = Person.approving("octocat");

  /** Which of them: {@code --sign-in}. */
  enum Kind {
    GITHUB,
    OPENID
  }

  static DemoProvider of(
      Kind kind, Issuer url, Secret secret, boolean signsInByItself, InstantSource time) {
    return switch (kind) {
      case GITHUB -> gitHub(url, secret, signsInByItself, time);
      case OPENID -> openId(url, secret, signsInByItself, time);
    };
  }

  private static DemoProvider gitHub(
      Issuer url, Secret secret, boolean signsInByItself, InstantSource time) {
    App ostiary = App.oauth(CLIENT_ID, secret.reveal(), "Ostiary demo", url.at("/callback"));
    SimulatorSettings settings = SimulatorSettings.of(ostiary).withoutLimits();
    SimulatedGitHub simulated =
        new SimulatedGitHub(signsInByItself ? settings.with(USER) : settings, time);
    return new DemoProvider(
        "GitHub",
        "github",
        simulated,
        simulated::at,
        there -> new GitHubSettings(there, CLIENT_ID, secret, AllowRule.ANYBODY));
  }

  private static DemoProvider openId(
      Issuer url, Secret secret, boolean signsInByItself, InstantSource time) {
    OpenIdProviderSettings settings =
        OpenIdProviderSettings.of(
            OpenIdClient.confidential(CLIENT_ID, secret.reveal(), url.at("/callback/acme")));
    SimulatedOpenIdProvider simulated =
        new SimulatedOpenIdProvider(signsInByItself ? settings.with(USER) : settings, time);
    return new DemoProvider(
        "provider",
        "acme",
        simulated,
        simulated::at,
        there -> OpenIdSettings.at("Acme", there.toString(), CLIENT_ID, secret));
  }
}
