package org.midonet.agent.control;

import java.util.UUID;
import java.util.function.Function;
import org.midonet.agent.host.BindingException;
import org.midonet.agent.host.Bindings;
import org.midonet.nsdb.NsdbException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code PUT /binding/PORT} with the interface's name and {@code DELETE /binding/PORT}, as {@code
 * mm-ctl} asks them (spec/midonet.md 1.6). Safe to share.
 */
public final class BindingControl implements Function<ControlRequest, ControlAnswer> {
  /** What its paths begin with. */
  public static final String PREFIX = "/binding/";

  private final Bindings bindings;

  public BindingControl(Bindings bindings) {
    this.bindings = bindings;
  }

  @Override
  public ControlAnswer apply(ControlRequest request) {
    try {
      UUID port = UUID.fromString(request.path().substring(PREFIX.length()));
      return switch (request.method()) {
        case "PUT" -> bind(port, request.body());
        case "DELETE" -> {
          bindings.unbind(port);
          yield ControlAnswer.DONE;
        }
        default -> new ControlAnswer(405, "Bindings are made by PUT and DELETE.\n");
      };
    } catch (IllegalArgumentException e) {
      return new ControlAnswer(400, request.path() + " does not end in the UUID of a port.\n");
    } catch (BindingException e) {
      int status =
          switch (e.kind()) {
            case NOT_FOUND -> 404;
            case CONFLICT -> 409;
          };
      return new ControlAnswer(status, e.getMessage() + "\n");
    } catch (NsdbException e) {
      return new ControlAnswer(503, e.getMessage() + "\n");
    }
  }

  private ControlAnswer bind(UUID port, String body) {
    String device;
    try {
      JsonNode name = JsonMapper.shared().readTree(body).path("interfaceName");
      device = name.isString() ? name.stringValue() : "";
    } catch (JacksonException e) {
      device = "";
    }
    if (device.isEmpty()) {
      return new ControlAnswer(400, "The body names no interface: {\"interfaceName\": \"tap0\"}\n");
    }
    bindings.bind(port, device);
    return ControlAnswer.DONE;
  }
}
