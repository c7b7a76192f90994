package dev.upswell.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.model.Request.Method;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.gson.Gson;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The description of the API is valid, complete and right. What servers answer in the other tests
 * is validated by {@link ApiClient}.
 */
class OpenApiIT {
  private static TestApi api;
  private static OpenAPI description;

  @BeforeAll
  static void start(@TempDir Path dir) {
    api = TestApi.start(dir);
    ParseOptions resolved = new ParseOptions();
    resolved.setResolve(true);
    resolved.setResolveFully(true);
    SwaggerParseResult read = new OpenAPIV3Parser().readContents(OpenApi.TEXT, List.of(), resolved);
    assertThat(read.getMessages()).isEmpty();
    description = read.getOpenAPI();
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @Test
  void openApiFileIsServed() {
    HttpResponse<String> response = api.client.get("/docs/openapi.yaml");

    assertThat(response.headers().firstValue("content-type")).hasValue("application/yaml");
    assertThat(response.body()).isEqualTo(OpenApi.TEXT);
  }

  @Test
  void describedPathsAreExactlyTheServedOnes() {
    assertThat(description.getPaths().keySet()).isEqualTo(api.server.paths());
  }

  @Test
  void everyOperationIsDescribed() {
    ApiClient client = api.client;
    forEachOperation(
        (path, operation) -> {
          HttpResponse<String> response =
              client.send(
                  client.path(path).method(operation.method().name(), BodyPublishers.noBody()));
          assertThat(response.statusCode()).as(path).isIn(200, 307, 400);
        });
  }

  @Test
  void everyErrorIsAProblem() {
    forEachOperation(
        (path, operation) ->
            operation
                .described()
                .getResponses()
                .forEach(
                    (status, response) -> {
                      boolean error = status.equals("default") || status.startsWith("4");
                      if (error) {
                        assertThat(response.getContent())
                            .as(path + " " + status)
                            .containsOnlyKeys("application/problem+json");
                      }
                    }));
  }

  @Test
  void examplesMatchTheirSchemas() {
    List<String> checked = new ArrayList<>();
    forEachOperation(
        (path, operation) -> {
          Method method = Method.valueOf(operation.method().name());
          if (operation.described().getRequestBody() != null) {
            forEachExample(
                operation.described().getRequestBody().getContent(),
                (type, body) -> OpenApi.checkRequest(method, path, type, body));
          }
          operation
              .described()
              .getResponses()
              .forEach(
                  (status, response) -> {
                    if (response.getContent() != null) {
                      forEachExample(
                          response.getContent(),
                          (type, body) -> {
                            int code = status.equals("default") ? 500 : Integer.parseInt(status);
                            OpenApi.checkResponse(method, path, code, type, body);
                            checked.add(path + " " + status);
                          });
                    }
                  });
        });
    assertThat(checked).hasSizeGreaterThan(20);
  }

  // ---- The file

  private record Described(HttpMethod method, Operation described) {}

  /** With what its parameters are, for example, in the path. */
  private static void forEachOperation(BiConsumer<String, Described> action) {
    description
        .getPaths()
        .forEach(
            (path, item) ->
                item.readOperationsMap()
                    .forEach(
                        (method, operation) ->
                            action.accept(
                                filled(path, operation), new Described(method, operation))));
  }

  private static String filled(String path, Operation operation) {
    String filled = path;
    if (operation.getParameters() != null) {
      for (Parameter parameter : operation.getParameters()) {
        if (parameter.getIn().equals("path")) {
          filled = filled.replace("{" + parameter.getName() + "}", (String) parameter.getExample());
        }
      }
    }
    return filled;
  }

  private static void forEachExample(Content content, BiConsumer<String, String> action) {
    content.forEach(
        (type, media) ->
            examples(media)
                .forEach(
                    example ->
                        action.accept(
                            type, example instanceof String text ? text : json(example))));
  }

  private static List<Object> examples(MediaType media) {
    List<Object> all = new ArrayList<>();
    if (media.getExample() != null) {
      all.add(media.getExample());
    }
    if (media.getExamples() != null) {
      media.getExamples().values().forEach(example -> all.add(example.getValue()));
    }
    return all;
  }

  /** The parser gives trees of Jackson's, which print themselves. */
  private static String json(Object example) {
    return example instanceof JsonNode ? example.toString() : new Gson().toJson(example);
  }
}
