package dev.upswell.options;

import java.util.List;
import java.util.Locale;

/** Tells by its name whether an option that is passed through may hold a secret. */
final class SecretNames {
  private static final List<String> NOT_SHOWN =
      List.of("password", "secret", "key", "token", "jaas");

  // Narrower: key.serializer or a token's URL may stand among the arguments, these never.
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
