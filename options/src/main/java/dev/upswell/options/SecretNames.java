package dev.upswell.options;

import java.util.List;
import java.util.Locale;

/** Detects secrets among passed-through options by name. */
final class SecretNames {
  private static final List<String> NOT_SHOWN =
      List.of("password", "secret", "key", "token", "jaas");

  // A narrower list: names such as key.serializer or a token's URL are allowed in arguments, these
  // are not.
  private static final List<String> NOT_AS_ARGUMENT = List.of("password", "secret", "jaas");

  private SecretNames() {}

  static boolean isShown(String name) {
    return !holdsOneOf(NOT_SHOWN, name);
  }

  static boolean isAllowedAsArgument(String name) {
    return !holdsOneOf(NOT_AS_ARGUMENT, name);
  }

  private static boolean holdsOneOf(List<String> words, String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return words.stream().anyMatch(lower::contains);
  }
}
