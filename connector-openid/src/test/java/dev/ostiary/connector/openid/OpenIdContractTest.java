package dev.ostiary.connector.openid;

import dev.ostiary.connector.AllowRule;
import dev.ostiary.connector.Connector;
import dev.ostiary.http.Outbound;
import dev.ostiary.protocol.Parameters;
import dev.ostiary.protocol.Secret;
import dev.ostiary.simulator.settings.Person;
import dev.ostiary.testkit.connector.ConnectorContract;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** The contract of connectors, kept with a simulated OpenID provider. */
final class OpenIdContractTest extends ConnectorContract {
  private final List<Acme> opened = new ArrayList<>();

  @Override
  protected Connector open(UnaryOperator<Outbound> network, AllowRule allow) {
    opened.add(new Acme(Acme.SETTINGS.allowing(allow), Acme.CLIENT, network));
    return opened.getLast().connector;
  }

  @Override
  protected Parameters approve(URI authorizationUri) {
    return opened.getLast().visit(authorizationUri);
  }

  @Override
  protected Parameters deny(URI authorizationUri) {
    opened.getLast().provider.person(Person.refusing("mona"));
    return opened.getLast().visit(authorizationUri);
  }

  @Override
  protected AllowRule somebodyElse() {
    return Acme.subjects("user-480938");
  }

  @Override
  protected Secret clientSecret() {
    return Acme.SECRET;
  }

  @Override
  protected void pass(Duration time) {
    opened.getLast().pass(time);
  }
}
