package org.midonet.neutron.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.midonet.neutron.auth.RequestContext;

/** The recorded messages are those of a real neutron-dhcp-agent and neutron-server. */
final class OsloEnvelopeTest {

  @Test
  void recordedCallIsUnderstood() throws Exception {
    RpcRequest call = OsloEnvelope.decodeRequest(recorded("report-state.json"));
    assertThat(call.method()).isEqualTo("report_state");
    assertThat(call.version()).isEqualTo("1.2");
    assertThat(call.namespace()).isNull();
    assertThat(call.uniqueId()).hasSize(32);
    RpcRequest.ReplyTo replyTo = requireNonNull(call.replyTo());
    assertThat(replyTo.queue()).startsWith("reply_");
    assertThat(call.context().isAdmin()).isTrue();
    assertThat(call.context().requestId()).startsWith("req-");
    assertThat(call.args()).containsOnlyKeys("agent_state", "time");
  }

  @Test
  void recordedCastHasNoReplyQueue() throws Exception {
    RpcRequest cast = OsloEnvelope.decodeRequest(recorded("fdb-cast.json"));
    assertThat(cast.method()).isEqualTo("add_fdb_entries");
    assertThat(cast.replyTo()).isNull();
  }

  @Test
  void recordedReplyIsUnderstood() throws Exception {
    RpcReply reply = OsloEnvelope.decodeReply(recorded("reply-new.json"));
    assertThat(reply.result()).isEqualTo("new");
    assertThat(reply.failure()).isNull();
    assertThat(reply.ending()).isTrue();
  }

  @Test
  void castWeSendHasTheKeysOfTheRecordedOne() throws Exception {
    RpcRequest theirs = OsloEnvelope.decodeRequest(recorded("fdb-cast.json"));
    String ours = new String(OsloEnvelope.encode(theirs), UTF_8);
    String recorded = new String(recorded("fdb-cast.json"), UTF_8);
    assertThat(keys(ours)).containsExactlyInAnyOrderElementsOf(keys(recorded));
  }

  @Test
  void callWeSendHasTheKeysOfTheRecordedOne() throws Exception {
    RpcRequest theirs = OsloEnvelope.decodeRequest(recorded("report-state.json"));
    String ours = new String(OsloEnvelope.encode(theirs), UTF_8);
    String recorded = new String(recorded("report-state.json"), UTF_8);
    assertThat(keys(ours)).containsExactlyInAnyOrderElementsOf(keys(recorded));
  }

  @Test
  void replyWeSendIsTheRecordedOneButForSpaces() throws Exception {
    String recorded = new String(recorded("reply-new.json"), UTF_8).strip();
    RpcReply reply = OsloEnvelope.decodeReply(recorded("reply-new.json"));
    assertThat(new String(OsloEnvelope.encode(reply), UTF_8)).isEqualTo(recorded.replace(" ", ""));
  }

  @Test
  void failureTravelsAsAStringOfJson() throws Exception {
    RpcFailure failure = new RpcFailure("PortNotFound", "neutron_lib.exceptions", "Port x ...");
    byte[] body = OsloEnvelope.encode(new RpcReply("m", "u", null, failure, true));
    assertThat(new String(body, UTF_8)).contains("\\\"failure\\\":\\\"{");
    assertThat(OsloEnvelope.decodeReply(body).failure()).isEqualTo(failure);
  }

  @Test
  void callersTokenIsNeverSent() {
    RequestContext context = RequestContext.builder("req-1").authToken("gAAAAsecret").build();
    RpcRequest cast = new RpcRequest("m", Map.of(), null, "1.0", context, "u", null);
    assertThat(new String(OsloEnvelope.encode(cast), UTF_8)).doesNotContain("gAAAAsecret");
  }

  @Test
  void identitySurvivesTheWire() throws Exception {
    RequestContext context =
        RequestContext.builder("req-1")
            .user("u1", "alice")
            .project("p1", "lab")
            .roles(List.of("member", "reader"))
            .build();
    RpcRequest cast = new RpcRequest("m", Map.of(), null, "1.0", context, "u", null);
    assertThat(OsloEnvelope.decodeRequest(OsloEnvelope.encode(cast)).context()).isEqualTo(context);
  }

  @Test
  void messageWithoutEnvelopeIsTakenAsItIs() throws Exception {
    byte[] bare = "{\"method\": \"ping\", \"args\": {\"n\": 1}}".getBytes(UTF_8);
    RpcRequest request = OsloEnvelope.decodeRequest(bare);
    assertThat(request.version()).isEqualTo("1.0");
    assertThat(request.args()).containsEntry("n", 1L);
  }

  @Test
  void garbageIsMalformed() {
    for (String text :
        List.of(
            "", "[]", "null", "{", "{\"oslo.version\":\"9.0\",\"oslo.message\":\"{}\"}", "{}")) {
      assertThatThrownBy(() -> OsloEnvelope.decodeRequest(text.getBytes(UTF_8)))
          .isInstanceOf(OsloEnvelope.Malformed.class);
    }
  }

  private static List<String> keys(String envelope) {
    return Pattern.compile("\\\\\"(_?[a-z_]+)\\\\\":")
        .matcher(envelope)
        .results()
        .map(match -> match.group(1))
        .distinct()
        .toList();
  }

  private static byte[] recorded(String name) throws IOException {
    try (InputStream in = OsloEnvelopeTest.class.getResourceAsStream(name)) {
      return requireNonNull(in, name).readAllBytes();
    }
  }
}
