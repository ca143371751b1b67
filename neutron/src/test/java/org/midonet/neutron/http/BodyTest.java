package org.midonet.neutron.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Bodies in one piece and in many. */
final class BodyTest {
  private static final int MANY = 1_000_000;

  @Test
  void whatIsWrittenAtOnceIsNotCopiedAgain() {
    Body.Writer writer = new Body.Writer();
    writer.write(random(100), 0, 100);
    Body body = writer.body();
    assertThat(body.length()).isEqualTo(100);
    assertThat(body.toBytes()).isSameAs(body.toBytes()).isEqualTo(random(100));
  }

  @Test
  void piecesAreKeptInOrder() throws IOException {
    byte[] all = random(MANY);
    Body body = pieces(all);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    body.writeTo(out);
    assertThat(body.length()).isEqualTo(MANY);
    assertThat(body.toBytes()).isEqualTo(all);
    assertThat(out.toByteArray()).isEqualTo(all);
  }

  @Test
  void nothingIsWrittenIntoAnEmptyOne() {
    assertThat(new Body.Writer().body().toBytes()).isEmpty();
    assertThat(Body.EMPTY.length()).isZero();
  }

  @Test
  void longAnswerArrivesWhole() throws IOException, InterruptedException {
    byte[] all = random(MANY);
    try (HttpServer server =
            HttpServer.start(
                HttpSettings.loopback(0), request -> new Response(200, Map.of(), pieces(all)));
        HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + server.port() + "/");
      for (int i = 0; i < 2; i++) {
        var answer =
            client.send(
                HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofByteArray());
        assertThat(answer.headers().firstValueAsLong("content-length")).hasValue(MANY);
        assertThat(answer.body()).isEqualTo(all);
      }
    }
  }

  private static Body pieces(byte[] all) {
    Body.Writer writer = new Body.Writer();
    Random sizes = new Random(1);
    for (int position = 0; position < all.length; ) {
      int count = Math.min(1 + sizes.nextInt(9000), all.length - position);
      writer.write(all, position, count);
      position += count;
    }
    return writer.body();
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(7).nextBytes(bytes);
    return bytes;
  }
}
