package org.midonet.neutron.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.midonet.neutron.tls.ClientTls;

class KeystoneAuthenticatorTest {

  private final FakeKeystone keystone = new FakeKeystone();
  private volatile Instant now = Instant.now();
  private final KeystoneAuthenticator authenticator = authenticator(settings(keystone.url(), 300));

  private KeystoneAuthenticator authenticator(KeystoneSettings settings) {
    return new KeystoneAuthenticator(settings, () -> now);
  }

  private static KeystoneSettings settings(URI url, long cacheSeconds) {
    return new KeystoneSettings(
        url,
        "http://public:5000",
        KeystoneSettings.Account.inDefaultDomain("neutron", "secret", "service"),
        new ClientTls(null, null, null, false),
        Duration.ofSeconds(1),
        Duration.ofMillis(1500),
        0,
        Duration.ofSeconds(cacheSeconds),
        100,
        Set.of("service"),
        true,
        "network");
  }

  private static AuthRequest request(String... headers) {
    Map<String, String> map = new java.util.HashMap<>();
    for (int i = 0; i < headers.length; i += 2) {
      map.put(headers[i], headers[i + 1]);
    }
    return new AuthRequest("req-1", "GET", "/v2.0/networks", map::get);
  }

  private AuthenticationException refusal(String... headers) {
    return catchThrowableOfType(
        AuthenticationException.class, () -> authenticator.authenticate(request(headers)));
  }

  private Instant later() {
    return now.plusSeconds(600);
  }

  @AfterEach
  void stop() {
    authenticator.close();
    keystone.close();
  }

  @Test
  void goodTokenGivesTheWholeCaller() {
    keystone.issue("t", later(), ", \"is_admin_project\": false");
    RequestContext caller = authenticator.authenticate(request("X-Auth-Token", "t"));
    assertThat(caller.userId()).isEqualTo("u1");
    assertThat(caller.userDomainId()).isEqualTo("default");
    assertThat(caller.projectId()).isEqualTo("p1");
    assertThat(caller.projectName()).isEqualTo("demo");
    assertThat(caller.roles()).containsExactlyInAnyOrder("member", "reader");
    assertThat(caller.authToken()).isEqualTo("t");
    assertThat(caller.isAdmin() || caller.isAdminProject()).isFalse();
  }

  @Test
  void refusalIsThatOfKeystonemiddleware() {
    AuthenticationException refusal = refusal();
    assertThat(refusal.status()).isEqualTo(401);
    assertThat(refusal.headers())
        .containsEntry("WWW-Authenticate", "Keystone uri=\"http://public:5000\"");
    assertThat(refusal.body())
        .isEqualTo(
            "{\"error\": {\"code\": 401, \"title\": \"Unauthorized\", "
                + "\"message\": \"The request you have made requires authentication.\"}}");
    assertThat(keystone.validations).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"unknown", "a b", "t\u00e9", "a\r\nX-Evil: 1"})
  void tokenThatIsNoneIs401(String token) {
    assertThat(refusal("X-Auth-Token", token).status()).isEqualTo(401);
  }

  @Test
  void answerIsRememberedButNotBeyondTheTokensEnd() {
    keystone.issue("t", later(), "");
    for (int i = 0; i < 5; i++) {
      authenticator.authenticate(request("X-Auth-Token", "t"));
    }
    assertThat(keystone.validations).hasValue(1);
    now = later().plusSeconds(1);
    assertThat(refusal("X-Auth-Token", "t").status()).isEqualTo(401);
  }

  @Test
  void expiredAnswerIsRefusedThoughKeystoneGaveIt() {
    keystone.issue("t", now.minusSeconds(1), "");
    assertThat(refusal("X-Auth-Token", "t").status()).isEqualTo(401);
  }

  @Test
  void cacheCanBeSwitchedOff() {
    keystone.issue("t", later(), "");
    try (KeystoneAuthenticator uncached = authenticator(settings(keystone.url(), -1))) {
      uncached.authenticate(request("X-Auth-Token", "t"));
      uncached.authenticate(request("X-Auth-Token", "t"));
    }
    assertThat(keystone.validations).hasValue(2);
  }

  @Test
  void badTokensAreNotRemembered() {
    assertThat(refusal("X-Auth-Token", "t").status()).isEqualTo(401);
    keystone.issue("t", later(), "");
    assertThat(authenticator.authenticate(request("X-Auth-Token", "t")).userId()).isEqualTo("u1");
  }

  @Test
  void concurrentRequestsWithOneTokenShareOneValidation() throws Exception {
    keystone.issue("t", later(), "");
    CountDownLatch gate = new CountDownLatch(1);
    keystone.gate = gate;
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<RequestContext>> answers = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        answers.add(clients.submit(() -> authenticator.authenticate(request("X-Auth-Token", "t"))));
      }
      await().until(() -> keystone.validations.get() == 1);
      gate.countDown();
      for (Future<RequestContext> answer : answers) {
        assertThat(answer.get().userId()).isEqualTo("u1");
      }
    }
    assertThat(keystone.validations).hasValue(1);
    assertThat(keystone.logins).hasValue(1);
  }

  @Test
  void ownTokenIsRenewedBeforeItsEnd() {
    keystone.issue("t1", later(), "");
    keystone.issue("t2", later(), "");
    keystone.ownExpiry = now.plusSeconds(60);
    authenticator.authenticate(request("X-Auth-Token", "t1"));
    now = now.plusSeconds(40);
    authenticator.authenticate(request("X-Auth-Token", "t2"));
    assertThat(keystone.logins).hasValue(2);
  }

  @Test
  void ownTokenIsRenewedWhenKeystoneNoLongerTakesIt() {
    keystone.issue("t1", later(), "");
    keystone.issue("t2", later(), "");
    authenticator.authenticate(request("X-Auth-Token", "t1"));
    keystone.ownToken = "own-2";
    assertThat(authenticator.authenticate(request("X-Auth-Token", "t2")).userId()).isEqualTo("u1");
    assertThat(keystone.logins).hasValue(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 429, 500, 503})
  void keystoneInTroubleIs503(int status) {
    keystone.status = status;
    AuthenticationException refusal = refusal("X-Auth-Token", "t");
    assertThat(refusal.status()).isEqualTo(503);
    assertThat(refusal.body())
        .isEqualTo(
            "{\"message\": \"The server is currently unavailable. Please try again at a later time.<br /><br />\\n"
                + "The Keystone service is temporarily unavailable.\\n\\n\", "
                + "\"code\": \"503 Service Unavailable\", \"title\": \"Service Unavailable\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "[]",
        "{}",
        "{\"token\": {}}",
        "{\"token\": {\"user\": {\"id\": \"u\"}, \"expires_at\": \"x\"}}"
      })
  void keystoneTalkingNonsenseIs503(String body) {
    keystone.garbage = body;
    assertThat(refusal("X-Auth-Token", "t").status()).isEqualTo(503);
  }

  @Test
  void slowKeystoneIs503WithinTheTimeout() {
    keystone.gate = new CountDownLatch(1);
    Instant start = Instant.now();
    assertThat(refusal("X-Auth-Token", "t").status()).isEqualTo(503);
    assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(6));
  }

  @Test
  void absentKeystoneIs503AndItsReturnIsNoticed() {
    keystone.status = 500;
    assertThat(refusal("X-Auth-Token", "t").status()).isEqualTo(503);
    keystone.status = 0;
    keystone.issue("t", later(), "");
    assertThat(authenticator.authenticate(request("X-Auth-Token", "t")).userId()).isEqualTo("u1");
    try (KeystoneAuthenticator nowhere =
        authenticator(settings(URI.create("http://127.0.0.1:1"), 300))) {
      AuthenticationException refusal =
          catchThrowableOfType(
              AuthenticationException.class,
              () -> nowhere.authenticate(request("X-Auth-Token", "t")));
      assertThat(refusal.status()).isEqualTo(503);
    }
  }

  @Test
  void systemAndDomainScopesAreKnown() {
    keystone.tokens.put(
        "sys",
        "{\"token\": {\"user\": {\"id\": \"u\"}, \"system\": {\"all\": true}, \"expires_at\": \"%s\"}}"
            .formatted(later()));
    keystone.tokens.put(
        "dom",
        "{\"token\": {\"user\": {\"id\": \"u\"}, \"domain\": {\"id\": \"d\"}, \"expires_at\": \"%s\"}}"
            .formatted(later()));
    assertThat(authenticator.authenticate(request("X-Auth-Token", "sys")).systemScope())
        .isEqualTo("all");
    assertThat(authenticator.authenticate(request("X-Auth-Token", "sys")).projectId()).isNull();
    assertThat(authenticator.authenticate(request("X-Auth-Token", "dom")).domainId())
        .isEqualTo("d");
  }

  @Test
  void serviceTokenNeedsAServiceRoleAndThenAllowsAnExpiredUserToken() {
    keystone.issue("old", now.minusSeconds(60), "");
    keystone.issue("member", later(), "");
    keystone.tokens.put(
        "nova",
        "{\"token\": {\"user\": {\"id\": \"nova\"}, \"roles\": [{\"name\": \"service\"}], \"expires_at\": \"%s\"}}"
            .formatted(later()));
    assertThat(refusal("X-Auth-Token", "member", "X-Service-Token", "member").status())
        .isEqualTo(401);
    assertThat(refusal("X-Auth-Token", "member", "X-Service-Token", "unknown").status())
        .isEqualTo(401);
    RequestContext caller =
        authenticator.authenticate(request("X-Auth-Token", "old", "X-Service-Token", "nova"));
    assertThat(caller.userId()).isEqualTo("u1");
    assertThat(caller.service()).extracting(ServiceIdentity::userId).isEqualTo("nova");
  }

  @Test
  void applicationCredentialMayOnlyWhatItsRulesSay() {
    String rule =
        ", \"application_credential\": {\"access_rules\": [{\"service\": \"network\", \"method\": \"GET\", \"path\": \"%s\"}]}";
    keystone.issue("all", later(), rule.formatted("/v2.0/*"));
    keystone.issue("none", later(), rule.formatted("/v2.0/ports"));
    assertThat(authenticator.authenticate(request("X-Auth-Token", "all")).userId()).isEqualTo("u1");
    assertThat(refusal("X-Auth-Token", "none").status()).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource({
    "/v2.0/networks, /v2.0/networks, true",
    "/v2.0/*, /v2.0/networks, true",
    "/v2.0/*, /v2.0/networks/1, false",
    "/v2.0/**, /v2.0/networks/1, true",
    "/v2.0/networks/{id}, /v2.0/networks/1, true",
    "/v2.0/networks/{id}, /v2.0/networks/1/tags, false",
    "/v2x0/networks, /v2.0/networks, false",
  })
  void accessRulePathsMatchAsInKeystone(String pattern, String path, boolean matches) {
    assertThat(AccessRules.matches(pattern, path)).isEqualTo(matches);
  }
}
