package org.midonet.plugin.client.api;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.midonet.plugin.client.MidonetException;
import org.midonet.plugin.client.MidonetSettings;

/**
 * A login at MidoNet: sends requests with its token and logs in again when MidoNet no longer takes
 * it (spec appendix A.1, A.2). Safe to share between threads; those that need a login at the same
 * time share one, and its failure.
 */
final class Login {

  private final MidonetSettings settings;
  private final Transport transport;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable CompletableFuture<Token>
      login; // guarded by lock; done and good: the token in use

  Login(MidonetSettings settings, Transport transport) {
    this.settings = settings;
    this.transport = transport;
  }

  /** A token by identity: two logins may well give the same text. */
  static final class Token {
    private final String text;

    private Token(String text) {
      this.text = text;
    }
  }

  /** The answer to the request; after a 401 that of a second try with a new token. */
  ApiResponse send(ApiRequest request, Deadline deadline) {
    if (settings.username() == null) {
      return transport.send(request, deadline);
    }
    Token token = token(null, deadline);
    ApiResponse response = transport.send(authorized(request, token), deadline);
    if (response.status() != 401) {
      return response;
    }
    return transport.send(authorized(request, token(token, deadline)), deadline);
  }

  /** Tells one login from the next; null before the first one and when none is needed. */
  @Nullable Token current() {
    lock.lock();
    try {
      return login != null && login.state() == CompletableFuture.State.SUCCESS
          ? login.resultNow()
          : null;
    } finally {
      lock.unlock();
    }
  }

  private static ApiRequest authorized(ApiRequest request, Token token) {
    return request.withHeader("X-Auth-Token", token.text);
  }

  /** The token in use, from a new login when there is none or it is the refused one. */
  private Token token(@Nullable Token refused, Deadline deadline) {
    CompletableFuture<Token> shared;
    boolean mine = false;
    lock.lock();
    try {
      if (login == null || isSpent(login, refused)) {
        login = new CompletableFuture<>();
        mine = true;
      }
      shared = login;
    } finally {
      lock.unlock();
    }
    if (mine) {
      logIn(shared, deadline);
    }
    return await(shared, deadline);
  }

  private static boolean isSpent(CompletableFuture<Token> login, @Nullable Token refused) {
    return switch (login.state()) {
      case RUNNING -> false;
      case FAILED, CANCELLED -> true;
      case SUCCESS -> login.resultNow() == refused;
    };
  }

  private void logIn(CompletableFuture<Token> shared, Deadline deadline) {
    try {
      shared.complete(requestToken(deadline));
    } catch (MidonetException e) {
      shared.completeExceptionally(e);
    } finally {
      shared.cancel(
          false); // no effect once complete; an unforeseen error must not leave the others waiting
    }
  }

  private Token await(CompletableFuture<Token> shared, Deadline deadline) {
    try {
      return shared.get(Math.max(0, deadline.remaining()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw MidonetException.unusable(
          "MidoNet at %s did not answer a login in time.".formatted(settings.midonetUri()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw MidonetException.unusable(
          "The server is stopping; it no longer waits for a login at MidoNet, %s."
              .formatted(settings.midonetUri()),
          e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof MidonetException refused) {
        throw refused;
      }
      throw MidonetException.unusable(
          "The login at MidoNet, %s, failed.".formatted(settings.midonetUri()), e);
    }
  }

  private Token requestToken(Deadline deadline) {
    String credentials = settings.username() + ":" + settings.password();
    ApiRequest request =
        ApiRequest.login(URI.create(settings.midonetUri() + "/login"))
            .withHeader(
                "Authorization",
                "Basic "
                    + Base64.getEncoder()
                        .encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
    if (settings.projectId() != null) {
      request = request.withHeader("X-Auth-Project", settings.projectId());
    }
    ApiResponse response = transport.send(request, deadline);
    if (!response.isSuccess()) {
      throw Answers.refusal(
          settings.midonetUri(),
          request,
          response,
          "Check username, password and project_id in [MIDONET].");
    }
    String cookie = response.header("Set-Cookie");
    String first = cookie == null ? "" : cookie.split(";", 2)[0];
    int equals = first.indexOf('=');
    if (equals < 0 || first.substring(equals + 1).isBlank()) {
      throw MidonetException.unusable(
          "MidoNet at %s let %s in and gave no token: its answer has no session cookie."
              .formatted(settings.midonetUri(), settings.username()),
          null);
    }
    return new Token(first.substring(equals + 1).strip());
  }
}
