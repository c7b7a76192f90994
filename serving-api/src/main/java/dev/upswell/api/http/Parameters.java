package dev.upswell.api.http;

import com.linecorp.armeria.server.ServiceRequestContext;
import dev.upswell.contract.Violation;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Parses the parameters of a request. An invalid one ends it with a 400 that names the field. */
public final class Parameters {
  private final ServiceRequestContext ctx;

  /** The parameters of a request. */
  public Parameters(ServiceRequestContext ctx) {
    this.ctx = ctx;
  }

  /** An id in the path. */
  public long id(String name) {
    return id(name, Optional.ofNullable(ctx.pathParam(name)).orElse(""));
  }

  private static long id(String name, String given) {
    try {
      long id = Long.parseLong(given);
      if (id > 0 && given.chars().allMatch(Parameters::isAsciiDigit)) {
        return id;
      }
    } catch (NumberFormatException e) {
      // Reported below, like a number out of range.
    }
    throw notAllowed(name, given, "a positive 63-bit integer");
  }

  /** Java also accepts a sign, and digits of other scripts. */
  private static boolean isAsciiDigit(int c) {
    return c >= '0' && c <= '9';
  }

  /**
   * Parses ids of the query, separated by commas or repeated; without duplicates, in order.
   *
   * @param most maximum number; at least one is required
   */
  public List<Long> ids(String name, int most) {
    Set<Long> ids = new LinkedHashSet<>();
    for (String given : ctx.queryParams().getAll(name)) {
      for (String one : given.split(",", most + 2)) {
        ids.add(id(name + "[" + ids.size() + "]", one));
        if (ids.size() > most) {
          throw notAllowed(name, "more than " + most, "1.." + most + " ids");
        }
      }
    }
    if (ids.isEmpty()) {
      throw notAllowed(name, "", "1.." + most + " ids");
    }
    return List.copyOf(ids);
  }

  /** A number in the query. */
  public int number(String name, int defaultValue, int min, int max) {
    Optional<String> given = text(name);
    if (given.isEmpty()) {
      return defaultValue;
    }
    try {
      int number = Integer.parseInt(given.get());
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Reported below, like a number out of range.
    }
    throw notAllowed(name, given.get(), min + ".." + max);
  }

  /** Parses a flag of the query; absent is {@code false}. */
  public boolean flag(String name) {
    String given = text(name).orElse("false");
    return switch (given) {
      case "true" -> true;
      case "false" -> false;
      default -> throw notAllowed(name, given, "true or false");
    };
  }

  /** A text in the query. */
  public Optional<String> text(String name) {
    return Optional.ofNullable(ctx.queryParam(name));
  }

  /** Returns the exception for an invalid parameter. */
  public static ProblemException notAllowed(String name, String given, String expected) {
    return new ProblemException(
        Problem.badRequest(new Violation(name, Violation.quoted(given), expected)));
  }
}
