package org.midonet.neutron.auth;

/** Keystone could not be asked, or did not answer as it should; immutable. */
final class KeystoneUnavailableException extends RuntimeException {
  KeystoneUnavailableException(String message) {
    super(message);
  }
}
