package dev.ostiary.acceptance;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.security.oauth2.server.resource.introspection.SpringOpaqueTokenIntrospector;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.filter.DelegatingFilterProxy;

/** A resource server on Spring Security, which accepts access tokens of Ostiary. */
final class SpringResourceServer implements AutoCloseable {
  private final Tomcat tomcat;

  private SpringResourceServer(Tomcat tomcat) {
    this.tomcat = tomcat;
  }

  /** One that checks signatures with the keys of the issuer. */
  static SpringResourceServer withKeys(Path folder, URI issuer, String resource)
      throws LifecycleException {
    return start(folder, Keys.class, issuer, resource);
  }

  /** One that asks the issuer about each token. */
  static SpringResourceServer withIntrospection(Path folder, URI issuer, String resource)
      throws LifecycleException {
    return start(folder, Introspection.class, issuer, resource);
  }

  private static SpringResourceServer start(
      Path folder, Class<?> configuration, URI issuer, String resource) throws LifecycleException {
    var application = new AnnotationConfigWebApplicationContext();
    application
        .getEnvironment()
        .getSystemProperties()
        .putAll(Map.of("test.issuer", issuer.toString(), "test.resource", resource));
    application.register(configuration);
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(folder.toString());
    tomcat.setHostname("127.0.0.1");
    tomcat.setPort(0);
    Context context = tomcat.addContext("", folder.toString());
    application.setServletContext(context.getServletContext());
    application.refresh();
    FilterDef filter = new FilterDef();
    filter.setFilterName("security");
    filter.setFilter(new DelegatingFilterProxy("springSecurityFilterChain", application));
    FilterMap everywhere = new FilterMap();
    everywhere.setFilterName("security");
    everywhere.addURLPattern("/*");
    context.addFilterDef(filter);
    context.addFilterMap(everywhere);
    Tomcat.addServlet(context, "user", new User()).addMapping("/mcp");
    tomcat.getConnector();
    tomcat.start();
    return new SpringResourceServer(tomcat);
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/mcp");
  }

  @Override
  public void close() {
    try {
      tomcat.stop();
      tomcat.destroy();
    } catch (LifecycleException broken) {
      throw new IllegalStateException(broken);
    }
  }

  private static String setting(String name) {
    return Objects.requireNonNull(System.getProperty("test." + name));
  }

  /** Says who calls. */
  private static final class User extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.getWriter().print(request.getUserPrincipal().getName());
    }
  }

  @Configuration
  @EnableWebSecurity
  static class Keys {
    private final String issuer = setting("issuer");
    private final String resource = setting("resource");

    // docs: keys
    @Bean
    SecurityFilterChain mcp(HttpSecurity http) {
      return http.authorizeHttpRequests(all -> all.anyRequest().hasAuthority("SCOPE_mcp"))
          .oauth2ResourceServer(server -> server.jwt(jwt -> jwt.decoder(decoder())))
          .csrf(csrf -> csrf.disable())
          .build();
    }

    @Bean
    JwtDecoder decoder() {
      NimbusJwtDecoder decoder =
          NimbusJwtDecoder.withJwkSetUri(issuer + "/.well-known/jwks.json")
              .jwsAlgorithm(SignatureAlgorithm.ES256)
              .validateType(false) // the next line does: at+jwt
              .build();
      decoder.setJwtValidator(
          JwtValidators.createAtJwtValidator().issuer(issuer).audience(resource).build());
      return decoder;
    }
    // docs: end
  }

  @Configuration
  @EnableWebSecurity
  static class Introspection {
    private final String issuer = setting("issuer");

    // docs: introspection
    @Bean
    SecurityFilterChain mcp(HttpSecurity http) {
      return http.authorizeHttpRequests(all -> all.anyRequest().hasAuthority("SCOPE_mcp"))
          .oauth2ResourceServer(
              server -> server.opaqueToken(token -> token.introspector(introspector())))
          .csrf(csrf -> csrf.disable())
          .build();
    }

    @Bean
    OpaqueTokenIntrospector introspector() {
      return SpringOpaqueTokenIntrospector.withIntrospectionUri(issuer + "/introspect")
          .clientId("docs-server")
          .clientSecret("docs-secret")
          .build();
    }
    // docs: end
  }
}
