package org.midonet.neutron.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One step of the schema's history; immutable.
 *
 * @param version its place in the order, from 1, without gaps
 * @param name its file name
 * @param script its SQL as written
 */
record Migration(int version, String name, String script) {

  private static final Pattern FILE = Pattern.compile("V(\\d{3,})__\\w+\\.sql");

  static boolean isMigration(String fileName) {
    return FILE.matcher(fileName).matches();
  }

  static Migration of(String fileName, String text) {
    Matcher matcher = FILE.matcher(fileName);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "migration " + fileName + ": the name is not of the form V001__what_it_does.sql");
    }
    return new Migration(Integer.parseInt(matcher.group(1)), fileName, text.replace("\r\n", "\n"));
  }

  /** SHA-256 of the script, by which a script changed after it was applied is noticed. */
  String checksum() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
