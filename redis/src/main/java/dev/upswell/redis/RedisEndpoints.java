package dev.upswell.redis;

import io.lettuce.core.RedisURI;
import java.util.ArrayList;
import java.util.List;

/** Addresses of Redis in Lettuce's form. */
final class RedisEndpoints {
  private RedisEndpoints() {}

  /** Returns whether the settings name nodes of a cluster. */
  static boolean areOfCluster(RedisOptions settings) {
    String scheme = settings.uri().getScheme();
    return "redis-cluster".equals(scheme) || "rediss-cluster".equals(scheme);
  }

  /**
   * Returns the seed nodes of a cluster, or the server or Sentinel group.
   *
   * @throws IllegalArgumentException for a URI in none of the forms of {@link RedisOptions}
   */
  static List<RedisURI> of(RedisOptions settings) {
    String text = settings.uri().toString();
    List<RedisURI> nodes = new ArrayList<>();
    if (areOfCluster(settings)) {
      String scheme = text.startsWith("rediss") ? "rediss://" : "redis://";
      String authority = text.substring(text.indexOf("://") + 3);
      String user =
          authority.contains("@") ? authority.substring(0, authority.indexOf('@') + 1) : "";
      for (String node : authority.substring(user.length()).split(",", -1)) {
        nodes.add(RedisURI.create(scheme + user + node));
      }
    } else {
      nodes.add(RedisURI.create(text));
    }
    for (RedisURI node : nodes) {
      node.setTimeout(settings.connectTimeout());
      if (!settings.password().isEmpty()) {
        authenticate(node, settings);
      }
    }
    return nodes;
  }

  private static void authenticate(RedisURI node, RedisOptions settings) {
    char[] password = settings.password().toCharArray();
    String user = settings.uri().getRawUserInfo();
    if (user == null || user.isEmpty()) {
      node.setAuthentication(password);
    } else {
      node.setAuthentication(user, password);
    }
  }
}
