package org.midonet.app;

import picocli.CommandLine.IVersionProvider;

/** The version of this program; stateless. */
final class Version implements IVersionProvider {
  /** The version in the manifest of our jar, or {@code development} where there is no jar. */
  static String text() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  @Override
  public String[] getVersion() {
    return new String[] {"midonet " + text()};
  }
}
