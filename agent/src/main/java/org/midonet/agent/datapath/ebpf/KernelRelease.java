package org.midonet.agent.datapath.ebpf;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The version of a Linux kernel. Immutable, safe to share. */
record KernelRelease(int major, int minor) {
  private static final Pattern FORM = Pattern.compile("(\\d+)\\.(\\d+).*");

  static KernelRelease current() {
    return parse(System.getProperty("os.version"));
  }

  /** Reads a release as uname(2) tells it; what has no numbers is 0.0. */
  static KernelRelease parse(String text) {
    Matcher matcher = FORM.matcher(text);
    return matcher.matches()
        ? new KernelRelease(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)))
        : new KernelRelease(0, 0);
  }

  boolean isAtLeast(int wantedMajor, int wantedMinor) {
    return major > wantedMajor || (major == wantedMajor && minor >= wantedMinor);
  }
}
