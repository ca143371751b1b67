package org.midonet.neutron.auth;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows callers by their Keystone tokens, as keystonemiddleware's auth_token does; safe to share
 * between threads.
 *
 * <p>A good token is remembered for {@code token_cache_time}, never beyond its end; a bad one is
 * not remembered. Requests that come with the same token while it is being validated wait for that
 * one answer.
 */
public final class KeystoneAuthenticator implements Authenticator, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(KeystoneAuthenticator.class);

  private record Key(String token, boolean allowExpired) {}

  /** Keystone's answer, no token when it knows none; with a reason when it could not be asked. */
  private record Answer(@Nullable KeystoneToken token, @Nullable String unavailable) {}

  private final KeystoneSettings settings;
  private final InstantSource clock;
  private final KeystoneClient keystone;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final AsyncCache<Key, Answer> cache;

  /** Connects to nothing yet; Keystone may come up later. */
  public KeystoneAuthenticator(KeystoneSettings settings) {
    this(settings, InstantSource.system());
  }

  KeystoneAuthenticator(KeystoneSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    this.keystone = new KeystoneClient(settings, clock);
    this.cache =
        Caffeine.newBuilder()
            .maximumSize(settings.tokenCacheSize())
            .expireAfter(Expiry.<Key, Answer>creating((key, answer) -> timeToLive(answer)))
            .executor(executor)
            .buildAsync();
  }

  @Override
  public RequestContext authenticate(AuthRequest request) {
    String serviceToken = request.header("X-Service-Token");
    KeystoneToken service = serviceToken == null ? null : validate(serviceToken, false);
    boolean hasServiceRole =
        service != null && !Collections.disjoint(service.roles(), settings.serviceTokenRoles());
    if (service != null && settings.serviceTokenRolesRequired() && !hasServiceRole) {
      throw refused("the service token has none of the roles " + settings.serviceTokenRoles());
    }
    String token = request.header("X-Auth-Token");
    if (token == null) {
      token = request.header("X-Storage-Token");
    }
    if (token == null) {
      throw refused("the request has no token");
    }
    KeystoneToken user = validate(token, hasServiceRole);
    if (!AccessRules.allow(user, request, settings.serviceType(), service != null)) {
      throw refused(
          "the application credential does not allow " + request.method() + " " + request.path());
    }
    return context(request, token, user, service);
  }

  /** Drops the connections and what is under way. */
  @Override
  public void close() {
    keystone.close();
    executor.close();
  }

  private KeystoneToken validate(String token, boolean allowExpired) {
    if (!isHeaderValue(token)) {
      throw refused("the token has characters no token has");
    }
    KeystoneToken known = lookup(new Key(token, allowExpired));
    if (known == null) {
      throw refused("Keystone does not know the token");
    }
    if (!allowExpired && !clock.instant().isBefore(known.expiresAt())) {
      throw refused("the token has expired");
    }
    return known;
  }

  private @Nullable KeystoneToken lookup(Key key) {
    CompletableFuture<Answer> pending = cache.get(key, this::ask);
    Answer answer = pending.join();
    // The cache learns of the lifetime a moment later, and the next request may come before that.
    if (!isRemembered(answer)) {
      cache.asMap().remove(key, pending);
    }
    if (answer.unavailable() != null) {
      LOG.error("Cannot validate tokens: {}", answer.unavailable());
      throw AuthenticationException.unavailable(answer.unavailable());
    }
    return answer.token();
  }

  private Answer ask(Key key) {
    try {
      return new Answer(keystone.validate(key.token(), key.allowExpired()), null);
    } catch (KeystoneUnavailableException e) {
      return new Answer(null, e.getMessage());
    }
  }

  private boolean isRemembered(Answer answer) {
    return answer.token() != null && settings.tokenCacheTime().isPositive();
  }

  private Duration timeToLive(Answer answer) {
    if (answer.token() == null || !isRemembered(answer)) {
      return Duration.ZERO;
    }
    Duration untilEnd = Duration.between(clock.instant(), answer.token().expiresAt());
    Duration shorter =
        untilEnd.compareTo(settings.tokenCacheTime()) < 0 ? untilEnd : settings.tokenCacheTime();
    return shorter.isPositive() ? shorter : Duration.ZERO;
  }

  private AuthenticationException refused(String reason) {
    LOG.debug("Rejecting request: {}", reason);
    return AuthenticationException.required(settings.wwwAuthenticateUri(), reason);
  }

  private static boolean isHeaderValue(String token) {
    for (int i = 0; i < token.length(); i++) {
      char c = token.charAt(i);
      if (c <= ' ' || c >= 0x7f) {
        return false;
      }
    }
    return true;
  }

  private static RequestContext context(
      AuthRequest request, String token, KeystoneToken user, @Nullable KeystoneToken service) {
    return RequestContext.builder(request.requestId())
        .globalRequestId(request.header("X-Openstack-Request-Id"))
        .user(user.user().id(), user.user().name())
        .userDomain(user.userDomain().id(), user.userDomain().name())
        .project(user.project().id(), user.project().name())
        .projectDomain(user.projectDomain().id(), user.projectDomain().name())
        .domainId(user.domainId())
        .systemScope(user.systemScope())
        .roles(user.roles())
        .adminProject(user.isAdminProject())
        .authToken(token)
        .service(service == null ? null : service(service))
        .build();
  }

  private static ServiceIdentity service(KeystoneToken token) {
    return new ServiceIdentity(
        token.user().id(),
        token.userDomain().id(),
        token.project().id(),
        token.projectDomain().id(),
        token.roles());
  }
}
