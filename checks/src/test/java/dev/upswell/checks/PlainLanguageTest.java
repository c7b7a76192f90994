package dev.upswell.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rejects words that the glossary replaces, in docs, OpenAPI, option help and messages. */
class PlainLanguageTest {
  /** Words and phrases with a better noun or verb in docs/glossary.md. */
  private static final Pattern REJECTED =
      Pattern.compile(
          "\\b(who|whoever|whom|whose|nobody|somebody|anybody|at hand|glance[sd]?|anew|for ever"
              + "|takes? it that|gives? out|given out|put aside|none any more|let in|is told of"
              + "|so many as|gets? to know|for how long|in how far)\\b");

  private static final Pattern RIDDLE =
      Pattern.compile("/\\*\\*\\s+(\\*\\s+)?(What|Who|Whom|Whose|Of)\\b[^\\n]*");
  private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|//[^\\n]*", Pattern.DOTALL);
  private static final Pattern TEXT =
      Pattern.compile("\"((?:[^\"\\\\\\n]|\\\\.)* (?:[^\"\\\\\\n]|\\\\.)*)\"");
  private static final Pattern SENTENCE_END = Pattern.compile("[.!?:](\\s|$)");
  private static final Pattern CODE_BLOCK = Pattern.compile("```.*?```|`[^`\n]*`", Pattern.DOTALL);

  private static final int MAX_SEMICOLONS_PER_100_SENTENCES = 5;

  @Test
  void docsAndOpenApiUseTheGlossary() {
    List<String> found = new ArrayList<>();
    Stream.concat(
            pages(),
            Stream.of(
                Project.ROOT.resolve(
                    "serving-api/src/main/resources/dev/upswell/api/openapi.yaml")))
        .forEach(page -> find(REJECTED, prose(page), page, found));
    assertThat(found).isEmpty();
  }

  @Test
  void messagesAndOptionHelpUseTheGlossary() {
    List<String> found = new ArrayList<>();
    sources()
        .forEach(
            source -> {
              Matcher text = TEXT.matcher(COMMENT.matcher(read(source)).replaceAll(""));
              while (text.find()) {
                find(REJECTED, text.group(1), source, found);
              }
            });
    assertThat(found).isEmpty();
  }

  @Test
  void javadocsBeginWithVerbOrNoun() {
    List<String> found = new ArrayList<>();
    sources().forEach(source -> find(RIDDLE, read(source), source, found));
    assertThat(found).isEmpty();
  }

  @Test
  void proseHasFewSemicolons() {
    List<String> found = new ArrayList<>();
    pages()
        .forEach(
            page -> {
              String prose = withoutTables(prose(page));
              long semicolons = prose.chars().filter(c -> c == ';').count();
              long sentences = SENTENCE_END.matcher(prose).results().count();
              if (semicolons * 100 > Math.max(sentences, 20) * MAX_SEMICOLONS_PER_100_SENTENCES) {
                found.add(
                    name(page) + ": " + semicolons + " semicolons in " + sentences + " sentences");
              }
            });
    assertThat(found).isEmpty();
  }

  private static void find(Pattern pattern, String text, Path file, List<String> found) {
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      int from = Math.max(0, matcher.start() - 30);
      int to = Math.min(text.length(), matcher.end() + 30);
      found.add(name(file) + ": " + text.substring(from, to).replaceAll("\\s+", " "));
    }
  }

  private static String prose(Path page) {
    return CODE_BLOCK.matcher(read(page)).replaceAll("").toLowerCase(Locale.ROOT);
  }

  private static String withoutTables(String text) {
    StringBuilder prose = new StringBuilder();
    text.lines()
        .filter(line -> !line.startsWith("|"))
        .forEach(line -> prose.append(line).append('\n'));
    return prose.toString();
  }

  private static Stream<Path> pages() {
    return files(path -> path.toString().endsWith(".md"));
  }

  private static Stream<Path> sources() {
    return files(
        path -> path.toString().endsWith(".java") && path.toString().contains("/src/main/"));
  }

  private static Stream<Path> files(Predicate<Path> wanted) {
    try (Stream<Path> all = Files.walk(Project.ROOT)) {
      return all
          .filter(wanted)
          .filter(path -> !name(path).matches("(.*/)?(target|\\.git|\\.upswell)/.*"))
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String name(Path file) {
    return Project.ROOT.relativize(file).toString();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
