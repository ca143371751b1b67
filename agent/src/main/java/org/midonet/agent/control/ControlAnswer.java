package org.midonet.agent.control;

/**
 * What the agent answers. Immutable, safe to share.
 *
 * @param status as in HTTP
 * @param body text for people, empty if there is nothing to say
 */
public record ControlAnswer(int status, String body) {
  public static final ControlAnswer DONE = new ControlAnswer(204, "");

  public static ControlAnswer ok(String body) {
    return new ControlAnswer(200, body);
  }

  public boolean isSuccess() {
    return status >= 200 && status < 300;
  }
}
