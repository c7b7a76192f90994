package dev.upswell.api.auth;

/** Access rule of an endpoint. */
public enum AccessRule {
  /** No token required. */
  OPEN,
  /** A token required. */
  TOKEN,
  /** A token with the operator scope required. */
  OPERATOR
}
