package org.midonet.agent.control;

import java.io.IOException;
import java.io.Writer;
import org.jspecify.annotations.Nullable;

/**
 * What the agent answers. Immutable, safe to share where its stream is.
 *
 * @param status as in HTTP
 * @param body text for people, empty if there is nothing to say
 * @param stream writes the text instead where it is long, or takes its time
 */
public record ControlAnswer(int status, String body, @Nullable Stream stream) {
  public static final ControlAnswer DONE = new ControlAnswer(204, "");

  /** Text that is made while it is read. */
  @FunctionalInterface
  public interface Stream {
    /**
     * Writes all of it.
     *
     * @param out what is written arrives when it is flushed, or is a good deal
     * @throws IOException if nobody reads any more, which the caller expects
     */
    void writeTo(Writer out) throws IOException;
  }

  public ControlAnswer(int status, String body) {
    this(status, body, null);
  }

  public static ControlAnswer ok(String body) {
    return new ControlAnswer(200, body);
  }

  public static ControlAnswer streaming(Stream stream) {
    return new ControlAnswer(200, "", stream);
  }

  public boolean isSuccess() {
    return status >= 200 && status < 300;
  }
}
