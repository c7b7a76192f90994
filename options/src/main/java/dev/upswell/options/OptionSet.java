package dev.upswell.options;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.regex.Pattern;

/**
 * The options of a program.
 *
 * <p>A value is read from the arguments ({@code --name value}, {@code --name=value}, a flag also
 * alone), otherwise from the environment ({@code UPSWELL_NAME}), otherwise from the options file
 * ({@code --options-file} or {@code UPSWELL_OPTIONS_FILE}; Java properties in UTF-8), otherwise it
 * is the default. A value that begins with {@code --} requires the form with {@code =}. An empty
 * variable is not set. White space around a value is ignored, except in secrets.
 *
 * <p>Unknown names are rejected in arguments and in the file. Unknown variables are rejected only
 * if they look like a typo, because other programs may share the environment. Kubernetes adds
 * variables for every service of a namespace, so a service {@code upswell-api} would set {@code
 * UPSWELL_API_PORT}: pods need {@code enableServiceLinks: false}.
 *
 * <p>Immutable and thread-safe.
 */
public final class OptionSet {
  /** Exit status for invalid options. */
  public static final int WRONG_OPTIONS = 2;

  private static final Pattern PREFIX = Pattern.compile("[a-z][a-z0-9]*\\.");

  private final String program;
  private final String purpose;
  private final List<Option<?>> options;
  private final List<String> prefixes;
  private final OptionNames names;

  private OptionSet(
      String program, String purpose, List<Option<?>> options, List<String> prefixes) {
    this.program = program;
    this.purpose = purpose;
    this.options = options;
    this.prefixes = prefixes;
    List<Option<?>> known = new ArrayList<>(options);
    known.add(OptionsFile.OPTION);
    this.names = new OptionNames(known, prefixes);
    if (names.option("help").isPresent()) {
      throw new IllegalArgumentException("help is an option of every program already");
    }
  }

  /**
   * Creates the options of a program.
   *
   * @param program name, such as {@code fanout}
   * @param purpose one line
   * @throws IllegalArgumentException if two options have the same environment variable
   */
  public static OptionSet of(String program, String purpose, Option<?>... options) {
    return of(program, purpose, List.of(options));
  }

  /** The same with a list, for options that several programs share. */
  public static OptionSet of(String program, String purpose, List<Option<?>> options) {
    return new OptionSet(program, purpose, List.copyOf(options), List.of());
  }

  /**
   * Returns the same options with prefixes whose options are passed through unchecked.
   *
   * @param prefixes such as {@code kafka.}; in the environment {@code UPSWELL_KAFKA_CLIENT_ID} is
   *     then {@code kafka.client.id}
   * @throws IllegalArgumentException if a prefix is not one lower-case word and a dot
   */
  public OptionSet passing(String... prefixes) {
    for (String prefix : prefixes) {
      if (!PREFIX.matcher(prefix).matches()) {
        throw new IllegalArgumentException(
            "prefix: " + prefix + " (expected: a lower-case word and a dot)");
      }
    }
    return new OptionSet(program, purpose, options, List.of(prefixes));
  }

  /** The name of the program. */
  public String program() {
    return program;
  }

  /** The options in the order of their declaration, the options file last. */
  public List<Option<?>> options() {
    return List.copyOf(names.options());
  }

  /**
   * Reads and checks all options.
   *
   * @param environment as returned by {@link System#getenv()}
   * @throws OptionException for the first unknown, missing or invalid option
   */
  public Options read(String[] args, Map<String, String> environment) {
    if (Arguments.askForHelp(args)) {
      return new Options(names, prefixes);
    }
    Map<String, OptionValue> byArgument = Arguments.read(names, args);
    Environment byEnvironment = Environment.read(names, environment);
    Map<String, OptionValue> direct = new HashMap<>(byEnvironment.given());
    direct.putAll(byArgument);
    Map<String, OptionValue> given = new HashMap<>();
    OptionValue file = direct.get(OptionsFile.OPTION.name());
    if (file != null) {
      given.putAll(OptionsFile.read(names, file));
    }
    given.putAll(direct);
    return new Options(names, prefixes, given, byEnvironment.unused());
  }

  /**
   * Reads the options of this process. Invalid options are reported in one line on standard error,
   * and the process exits with status {@value #WRONG_OPTIONS}. For help it prints the help and
   * exits with status 0.
   */
  public Options readOrExit(String[] args) {
    return readOrExit(args, System.getenv(), System.out, System.err, System::exit);
  }

  Options readOrExit(
      String[] args,
      Map<String, String> environment,
      PrintStream out,
      PrintStream err,
      IntConsumer exit) {
    try {
      Options read = read(args, environment);
      if (!read.helpWanted()) {
        return read;
      }
      out.print(help());
      out.flush();
      exit.accept(0);
    } catch (OptionException e) {
      err.println(e.getMessage());
      err.flush();
      exit.accept(WRONG_OPTIONS);
    }
    throw new IllegalStateException("the process was to end");
  }

  /** Returns the help: purpose, syntax and the table of options. */
  public String help() {
    StringBuilder help = new StringBuilder();
    help.append(program).append(": ").append(purpose).append("\n\n");
    help.append("Options as --name value or --name=value, in the environment,\n");
    help.append("or as name=value in the options file; the first of these counts.\n\n");
    help.append(helpTable());
    for (String prefix : prefixes) {
      help.append("\nEvery --").append(prefix).append("* option (");
      help.append(OptionNames.variable(prefix)).append("*) is passed on as it is.\n");
    }
    return help.toString();
  }

  /** The options as an aligned table: name, default, allowed, environment, description. */
  public String helpTable() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("OPTION", "DEFAULT", "ALLOWED", "ENVIRONMENT", "DESCRIPTION"));
    for (Option<?> option : names.options()) {
      rows.add(
          List.of(
              (option.isSecret() ? "" : "--") + option.name(),
              option.defaultText(),
              option.allowed(),
              variables(option),
              option.description()));
    }
    return TextTable.of(rows);
  }

  /** The options as a table of Markdown, for the documentation. */
  public String markdownTable() {
    StringBuilder table = new StringBuilder();
    table.append("| option | default | allowed | environment | what it does |\n");
    table.append("|---|---|---|---|---|\n");
    for (Option<?> option : names.options()) {
      table.append("| `").append(option.name());
      table.append("` | ").append(cell(option.defaultText()));
      table.append(" | ").append(cell(option.allowed()));
      table.append(" | `").append(variables(option));
      table.append("` | ").append(cell(option.description())).append(" |\n");
    }
    return table.toString();
  }

  private static String variables(Option<?> option) {
    return option.environmentName() + (option.isSecret() ? "[_FILE]" : "");
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }
}
