package dev.upswell.api.auth;

/** Who may call an endpoint. */
public enum AccessRule {
  /** Anybody. */
  OPEN,
  /** Who has a token. */
  TOKEN,
  /** Who has a token with the scope of operators. */
  OPERATOR
}
