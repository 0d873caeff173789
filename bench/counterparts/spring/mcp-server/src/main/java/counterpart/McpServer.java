package counterpart;

import static org.springaicommunity.mcp.security.server.config.McpServerOAuth2Configurer.mcpServerOAuth2;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/** The MCP server as its documentation sets it up, with audiences compared. */
@SpringBootApplication
public class McpServer {
  public static void main(String[] arguments) {
    SpringApplication.run(McpServer.class, arguments);
  }

  @Bean
  SecurityFilterChain securityFilterChain(
      HttpSecurity http,
      @Value("${spring.security.oauth2.resourceserver.jwt.issuer-uri}") String issuer)
      throws Exception {
    return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
        .with(
            mcpServerOAuth2(),
            mcp -> {
              mcp.authorizationServer(issuer);
              mcp.validateAudienceClaim(true);
            })
        .build();
  }
}
