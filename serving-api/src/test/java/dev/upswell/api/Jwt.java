package dev.upswell.api;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.util.Date;

/** Makes tokens, good ones and bad ones. */
final class Jwt {
  static final String SECRET = "a secret that is long enough for HS256";

  private Jwt() {}

  /** Returns the claims of a valid user token. */
  static JWTClaimsSet.Builder claims(String subject) {
    return new JWTClaimsSet.Builder()
        .subject(subject)
        .audience("upswell")
        .expirationTime(date(Instant.now().plusSeconds(600)));
  }

  @SuppressWarnings("JavaUtilDate") // As the library has it.
  static Date date(Instant at) {
    return Date.from(at);
  }

  static String user(long id) {
    return hs256(SECRET, claims(Long.toString(id)).build());
  }

  static String hs256(String secret, JWTClaimsSet claims) {
    try {
      return sign(new JWSHeader(JWSAlgorithm.HS256), new MACSigner(secret), claims);
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  static String sign(JWSHeader header, JWSSigner signer, JWTClaimsSet claims) {
    try {
      SignedJWT token = new SignedJWT(header, claims);
      token.sign(signer);
      return token.serialize();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }
}
