package dev.ostiary.acceptance;

import io.modelcontextprotocol.server.McpServerFeatures.SyncResourceSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncResourceTemplateSpecification;
import io.modelcontextprotocol.spec.McpSchema.BlobResourceContents;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceResult;
import io.modelcontextprotocol.spec.McpSchema.Resource;
import io.modelcontextprotocol.spec.McpSchema.ResourceContents;
import io.modelcontextprotocol.spec.McpSchema.ResourceTemplate;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;
import java.util.List;

/** The suite's resources on the Java SDK. */
final class JavaSdkResources {
  /** As much of a PNG as clients look at: its signature. */
  static final String IMAGE = "iVBORw0KGgo=";

  private static final String BEFORE_ID = "test://template/";
  private static final String AFTER_ID = "/data";

  private JavaSdkResources() {}

  static List<SyncResourceSpecification> fixed() {
    return List.of(
        resource(
            TextResourceContents.builder(
                    "test://static-text", "This is the content of the static text resource.")
                .mimeType("text/plain")
                .build()),
        resource(
            BlobResourceContents.builder("test://static-binary", IMAGE)
                .mimeType("image/png")
                .build()),
        resource(
            TextResourceContents.builder("test://watched-resource", "This resource can be watched.")
                .mimeType("text/plain")
                .build()));
  }

  static SyncResourceTemplateSpecification template() {
    return new SyncResourceTemplateSpecification(
        ResourceTemplate.builder(BEFORE_ID + "{id}" + AFTER_ID, "template")
            .description("A resource for each id")
            .mimeType("application/json")
            .build(),
        (_, request) -> read(data(request.uri())));
  }

  private static ResourceContents data(String uri) {
    String id = uri.substring(BEFORE_ID.length(), uri.length() - AFTER_ID.length());
    return TextResourceContents.builder(
            uri,
            "{\"id\":\"%1$s\",\"templateTest\":true,\"data\":\"Data for ID: %1$s\"}".formatted(id))
        .mimeType("application/json")
        .build();
  }

  private static SyncResourceSpecification resource(ResourceContents contents) {
    Resource resource =
        Resource.builder(contents.uri(), contents.uri().substring("test://".length()))
            .description("The resource " + contents.uri())
            .mimeType(contents.mimeType())
            .build();
    return new SyncResourceSpecification(resource, (_, _) -> read(contents));
  }

  private static ReadResourceResult read(ResourceContents contents) {
    return ReadResourceResult.builder(List.of(contents)).build();
  }
}
