package org.midonet.neutron.rpc;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.auth.RequestContext;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Requests and replies to and from the bytes oslo.messaging sends; stateless.
 *
 * <p>Version 2.0 of its envelope is a JSON object whose {@code oslo.message} is the message, itself
 * JSON, as a string. A message without an envelope is taken as it is (version 1.0).
 */
final class OsloEnvelope {
  private static final String VERSION = "oslo.version";
  private static final String MESSAGE = "oslo.message";

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_LONG_FOR_INTS).build();
  private static final TypeReference<LinkedHashMap<String, @Nullable Object>> OBJECT =
      new TypeReference<>() {};

  private OsloEnvelope() {}

  /** Thrown for bytes that are no message. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String message) {
      super(message);
    }
  }

  static String newId() {
    return UUID.randomUUID().toString().replace("-", "");
  }

  static byte[] encode(RpcRequest request) {
    Map<String, @Nullable Object> message = new LinkedHashMap<>();
    message.put("method", request.method());
    message.put("args", request.args());
    if (request.namespace() != null) {
      message.put("namespace", request.namespace());
    }
    message.put("version", request.version());
    RpcRequest.ReplyTo replyTo = request.replyTo();
    if (replyTo != null) {
      message.put("_msg_id", replyTo.messageId());
      message.put("_reply_q", replyTo.queue());
      message.put("_timeout", null);
    }
    message.put("_unique_id", request.uniqueId());
    message.putAll(ContextFields.toWire(request.context()));
    return wrap(message);
  }

  static byte[] encode(RpcReply reply) {
    Map<String, @Nullable Object> message = new LinkedHashMap<>();
    message.put("result", reply.result());
    RpcFailure failure = reply.failure();
    message.put("failure", failure == null ? null : JSON.writeValueAsString(failure.toMap()));
    message.put("ending", reply.ending());
    message.put("_msg_id", reply.messageId());
    message.put("_unique_id", reply.uniqueId());
    return wrap(message);
  }

  /** Encodes a notification; receivers of messages of version 1.0 know no envelope. */
  static byte[] encodeNotification(
      Map<String, ?> notification, RequestContext context, boolean enveloped) {
    Map<String, @Nullable Object> message = new LinkedHashMap<>(notification);
    message.put("_unique_id", newId());
    message.putAll(ContextFields.toWire(context));
    return enveloped ? wrap(message) : JSON.writeValueAsBytes(message);
  }

  static RpcRequest decodeRequest(byte[] body) throws Malformed {
    Map<String, @Nullable Object> message = unwrap(body);
    if (!(message.get("method") instanceof String method)) {
      throw new Malformed("a request without a method");
    }
    String messageId = text(message, "_msg_id");
    String queue = text(message, "_reply_q");
    String version = text(message, "version");
    String uniqueId = text(message, "_unique_id");
    return new RpcRequest(
        method,
        message.get("args") instanceof Map<?, ?> args ? object(args) : Map.of(),
        text(message, "namespace"),
        version == null ? "1.0" : version,
        ContextFields.fromWire(message),
        uniqueId == null ? newId() : uniqueId,
        messageId == null || queue == null ? null : new RpcRequest.ReplyTo(messageId, queue));
  }

  static RpcReply decodeReply(byte[] body) throws Malformed {
    Map<String, @Nullable Object> message = unwrap(body);
    String messageId = text(message, "_msg_id");
    if (messageId == null) {
      throw new Malformed("a reply without _msg_id");
    }
    String failure = text(message, "failure");
    String uniqueId = text(message, "_unique_id");
    return new RpcReply(
        messageId,
        uniqueId == null ? newId() : uniqueId,
        message.get("result"),
        failure == null ? null : RpcFailure.fromMap(parse(failure)),
        Boolean.TRUE.equals(message.get("ending")));
  }

  private static byte[] wrap(Map<String, @Nullable Object> message) {
    Map<String, Object> envelope = new LinkedHashMap<>();
    envelope.put(VERSION, "2.0");
    envelope.put(MESSAGE, JSON.writeValueAsString(message));
    return JSON.writeValueAsBytes(envelope);
  }

  private static Map<String, @Nullable Object> unwrap(byte[] body) throws Malformed {
    Map<String, @Nullable Object> envelope = parse(new String(body, StandardCharsets.UTF_8));
    if (!envelope.containsKey(VERSION) || !(envelope.get(MESSAGE) instanceof String message)) {
      return envelope;
    }
    if (!String.valueOf(envelope.get(VERSION)).startsWith("2.")) {
      throw new Malformed("an envelope of version " + envelope.get(VERSION));
    }
    return parse(message);
  }

  private static Map<String, @Nullable Object> parse(String text) throws Malformed {
    try {
      Map<String, @Nullable Object> value = JSON.readValue(text, OBJECT);
      if (value == null) {
        throw new Malformed("a JSON null");
      }
      return value;
    } catch (JacksonException e) {
      throw new Malformed("no JSON object: " + e.getOriginalMessage());
    }
  }

  // Keys of a JSON object are strings.
  @SuppressWarnings("unchecked")
  private static Map<String, @Nullable Object> object(Map<?, ?> map) {
    return (Map<String, @Nullable Object>) map;
  }

  private static @Nullable String text(Map<String, @Nullable Object> message, String name) {
    return message.get(name) instanceof String value ? value : null;
  }
}
