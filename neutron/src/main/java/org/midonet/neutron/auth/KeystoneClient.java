package org.midonet.neutron.auth;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks Keystone about tokens, with a token of our own that it keeps fresh; safe to share between
 * threads.
 *
 * <p>At most {@value #PARALLEL} requests are under way at a time. Source: Identity API v3,
 * /auth/tokens.
 */
final class KeystoneClient implements AutoCloseable {

  private static final int PARALLEL = 32;
  private static final long MAX_BODY = 4L << 20;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);

  /** Our own token is renewed this long before its end, as keystoneauth does. */
  private static final Duration STALE = Duration.ofSeconds(30);

  /** A token that a login gave, and its end. */
  record OwnToken(String value, Instant expiresAt) {}

  private final KeystoneSettings settings;
  private final InstantSource clock;
  private final HttpClient http;
  private final URI tokens;
  private final Semaphore slots = new Semaphore(PARALLEL);
  private final ReentrantLock renewal = new ReentrantLock();
  private volatile @Nullable OwnToken own;

  KeystoneClient(KeystoneSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(settings.connectTimeout());
    if ("https".equalsIgnoreCase(settings.authUrl().getScheme())) {
      builder.sslContext(settings.tls().context());
    }
    this.http = builder.build();
    String base = settings.authUrl().toString().replaceAll("/+$", "");
    this.tokens = URI.create((base.endsWith("/v3") ? base : base + "/v3") + "/auth/tokens");
  }

  /**
   * Asks what a token is good for.
   *
   * @param allowExpired take a token that has expired, on behalf of a service finishing a long task
   * @return null when Keystone does not know the token
   * @throws KeystoneUnavailableException when Keystone cannot tell
   */
  @Nullable KeystoneToken validate(String token, boolean allowExpired) {
    HttpResponse<String> answer = ask(token, allowExpired, ownToken());
    if (answer.statusCode() == 401) {
      // Our own token was revoked or Keystone lost its keys: once with a new one.
      own = null;
      answer = ask(token, allowExpired, ownToken());
    }
    return switch (answer.statusCode()) {
      case 200, 203 -> parse(answer.body());
      case 404 -> null;
      case 401 ->
          throw new KeystoneUnavailableException("Keystone does not accept our service token");
      default -> throw new KeystoneUnavailableException("Keystone answered " + answer.statusCode());
    };
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  private HttpResponse<String> ask(String token, boolean allowExpired, String ownToken) {
    URI uri = URI.create(tokens + (allowExpired ? "?nocatalog&allow_expired=1" : "?nocatalog"));
    return send(
        HttpRequest.newBuilder(uri)
            .header("X-Auth-Token", ownToken)
            .header("X-Subject-Token", token)
            // Tells Keystone that we heed the access rules of application credentials; it hides
            // such tokens otherwise.
            .header("OpenStack-Identity-Access-Rules", "1")
            .header("Accept", "application/json")
            .build());
  }

  private String ownToken() {
    OwnToken token = own;
    if (token != null && isFresh(token)) {
      return token.value();
    }
    renewal.lock();
    try {
      token = own;
      if (token == null || !isFresh(token)) {
        token = login(settings.account());
        own = token;
      }
      return token.value();
    } finally {
      renewal.unlock();
    }
  }

  private boolean isFresh(OwnToken token) {
    return clock.instant().plus(STALE).isBefore(token.expiresAt());
  }

  private OwnToken login(KeystoneSettings.Account account) {
    OwnToken token = tryLogin(account);
    if (token == null) {
      throw new KeystoneUnavailableException("Keystone refused the login of " + account);
    }
    return token;
  }

  /**
   * Gets a token for an account.
   *
   * @return null when Keystone does not take its name or password
   * @throws KeystoneUnavailableException when Keystone cannot tell
   */
  @Nullable OwnToken tryLogin(KeystoneSettings.Account account) {
    HttpResponse<String> answer =
        send(
            HttpRequest.newBuilder(tokens)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(loginBody(account)))
                .build());
    if (answer.statusCode() == 401) {
      return null;
    }
    String value = answer.headers().firstValue("X-Subject-Token").orElse(null);
    if (answer.statusCode() != 201 || value == null) {
      throw new KeystoneUnavailableException(
          "Keystone answered the login of %s with %d".formatted(account, answer.statusCode()));
    }
    return new OwnToken(value, parse(answer.body()).expiresAt());
  }

  /**
   * Asks for anything else of the Identity API, with our own token.
   *
   * @param path below /v3
   * @throws KeystoneUnavailableException when Keystone does not answer with 200
   */
  String get(String path) {
    HttpResponse<String> answer = get(path, ownToken());
    if (answer.statusCode() == 401) {
      own = null;
      answer = get(path, ownToken());
    }
    if (answer.statusCode() != 200) {
      throw new KeystoneUnavailableException(
          "Keystone answered %s with %d".formatted(path, answer.statusCode()));
    }
    return answer.body();
  }

  private HttpResponse<String> get(String path, String token) {
    return send(
        HttpRequest.newBuilder(tokens.resolve("..").resolve(path))
            .header("X-Auth-Token", token)
            .header("Accept", "application/json")
            .build());
  }

  private static KeystoneToken parse(String body) {
    try {
      return KeystoneToken.parse(body);
    } catch (IllegalArgumentException e) {
      throw new KeystoneUnavailableException("Keystone's answer cannot be read: " + e.getMessage());
    }
  }

  /** Sends once, and again while no connection comes about. */
  private HttpResponse<String> send(HttpRequest request) {
    Duration pause = FIRST_PAUSE;
    for (int attempt = 0; ; attempt++) {
      try {
        return sendOnce(request);
      } catch (ConnectException | HttpConnectTimeoutException e) {
        if (attempt >= settings.maxRetries()) {
          throw new KeystoneUnavailableException("no connection to " + tokens + ": " + e);
        }
        sleep(pause);
        pause = pause.multipliedBy(2);
      } catch (IOException e) {
        throw new KeystoneUnavailableException("the request to " + tokens + " failed: " + e);
      }
    }
  }

  private HttpResponse<String> sendOnce(HttpRequest request) throws IOException {
    long timeout = settings.readTimeout().toMillis();
    try {
      if (!slots.tryAcquire(timeout, TimeUnit.MILLISECONDS)) {
        throw new IOException("too many requests are waiting for Keystone");
      }
      try {
        CompletableFuture<HttpResponse<String>> answer =
            http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofString(), MAX_BODY));
        return await(answer, timeout);
      } finally {
        slots.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** Waits for the whole answer; the timeout of a request would end with its headers. */
  private static HttpResponse<String> await(
      CompletableFuture<HttpResponse<String>> answer, long timeout)
      throws IOException, InterruptedException {
    try {
      return answer.get(timeout, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new IOException("no answer within " + timeout + " ms", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
    }
  }

  private static void sleep(Duration pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KeystoneUnavailableException("interrupted");
    }
  }

  private static String loginBody(KeystoneSettings.Account account) {
    Map<String, Object> user =
        reference(
            account.userId(), account.userName(), account.userDomainId(), account.userDomainName());
    user.put("password", account.password());
    Map<String, Object> auth = new HashMap<>();
    auth.put("identity", Map.of("methods", List.of("password"), "password", Map.of("user", user)));
    if (account.otherScope() != null) {
      auth.put("scope", account.otherScope());
    } else if (account.projectId() != null || account.projectName() != null) {
      Map<String, Object> project =
          reference(
              account.projectId(),
              account.projectName(),
              account.projectDomainId(),
              account.projectDomainName());
      auth.put("scope", Map.of("project", project));
    }
    return JsonMapper.shared().writeValueAsString(Map.of("auth", auth));
  }

  /** Names a user or project by its id, or else by its name within a domain. */
  private static Map<String, Object> reference(
      @Nullable String id,
      @Nullable String name,
      @Nullable String domainId,
      @Nullable String domainName) {
    Map<String, Object> reference = new HashMap<>();
    if (id != null) {
      reference.put("id", id);
      return reference;
    }
    if (name != null) {
      reference.put("name", name);
    }
    if (domainId != null) {
      reference.put("domain", Map.of("id", domainId));
    } else if (domainName != null) {
      reference.put("domain", Map.of("name", domainName));
    }
    return reference;
  }
}
