package dev.upswell.options;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Reads the arguments of a program: {@code --name value}, {@code --name=value}, {@code --flag}. */
final class Arguments {
  private final OptionNames names;
  private final String[] args;
  private final Map<String, OptionValue> given = new HashMap<>();
  private int next;

  private Arguments(OptionNames names, String[] args) {
    this.names = names;
    this.args = args;
  }

  static boolean askForHelp(String[] args) {
    return Arrays.stream(args).anyMatch(arg -> arg.equals("--help") || arg.equals("-h"));
  }

  /** Returns the values by option name. The last value of a repeated option counts. */
  static Map<String, OptionValue> read(OptionNames names, String[] args) {
    Arguments arguments = new Arguments(names, args);
    while (arguments.next < args.length) {
      arguments.readOne();
    }
    return arguments.given;
  }

  private void readOne() {
    String arg = args[next++];
    if (!arg.startsWith("--") || arg.length() == 2) {
      throw OptionException.notAllowed("argument", arg, "--name value or --name=value");
    }
    int equals = arg.indexOf('=');
    String name = equals < 0 ? arg.substring(2) : arg.substring(2, equals);
    if (names.option(name).isEmpty() && !names.isPassedThrough(name)) {
      throw names.unknown("--" + name, "--", name);
    }
    refuseSecret(name);
    String value = equals < 0 ? valueAfter(name) : arg.substring(equals + 1);
    refusePassword(name, value);
    given.put(name, OptionValue.byArgument(name, value));
  }

  private String valueAfter(String name) {
    boolean isFlag = names.option(name).filter(Option::isFlag).isPresent();
    if (isFlag) {
      boolean hasValue = next < args.length && args[next].matches("true|false");
      return hasValue ? args[next++] : "true";
    }
    if (next == args.length || args[next].startsWith("--")) {
      String allowed = names.option(name).map(Option::allowed).orElse("a value");
      throw OptionException.notAllowed("--" + name, "no value", allowed);
    }
    return args[next++];
  }

  private void refuseSecret(String name) {
    boolean isSecret =
        names.option(name).map(Option::isSecret).orElse(!SecretNames.isAllowedAsArgument(name));
    if (isSecret) {
      throw OptionException.notAllowed(
          "--" + name, "a secret among the arguments", placesOfSecret(name));
    }
  }

  private void refusePassword(String name, String value) {
    if (UserInfo.holdsPassword(value)) {
      throw OptionException.notAllowed(
          "--" + name, "a password among the arguments", placesOfSecret(name));
    }
  }

  private String placesOfSecret(String name) {
    String variable = OptionNames.variable(name);
    boolean byFile = names.option(name).filter(Option::isSecret).isPresent();
    return "in " + variable + (byFile ? ", " + variable + "_FILE" : "") + " or the options file";
  }
}
