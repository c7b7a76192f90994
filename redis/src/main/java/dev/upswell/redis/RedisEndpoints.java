package dev.upswell.redis;

import io.lettuce.core.RedisURI;
import java.util.ArrayList;
import java.util.List;

/** Whom to connect to, as Lettuce wants to be told it. */
final class RedisEndpoints {
  private RedisEndpoints() {}

  /** Whether the settings name nodes of a cluster. */
  static boolean areOfCluster(RedisSettings settings) {
    String scheme = settings.uri().getScheme();
    return "redis-cluster".equals(scheme) || "rediss-cluster".equals(scheme);
  }

  /**
   * Nodes of a cluster to begin with, or the one server or Sentinel group.
   *
   * @throws IllegalArgumentException if the URI is none of those that {@link RedisSettings} names
   */
  static List<RedisURI> of(RedisSettings settings) {
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

  private static void authenticate(RedisURI node, RedisSettings settings) {
    char[] password = settings.password().toCharArray();
    String user = settings.uri().getRawUserInfo();
    if (user == null || user.isEmpty()) {
      node.setAuthentication(password);
    } else {
      node.setAuthentication(user, password);
    }
  }
}
