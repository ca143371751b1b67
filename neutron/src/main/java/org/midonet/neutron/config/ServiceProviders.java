package org.midonet.neutron.config;

import static org.midonet.neutron.config.OptionTypes.word;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The drivers behind advanced services ({@code [service_providers]}); immutable. */
public record ServiceProviders(List<Provider> providers) {
  private static final int MAX_NAME = 255;

  /**
   * One driver; immutable.
   *
   * @param serviceType such as {@code LOADBALANCER}
   * @param name as clients see it, always lower case
   * @param driver dotted class path
   */
  public record Provider(String serviceType, String name, String driver, boolean isDefault) {
    static Provider parse(String text) {
      List<String> parts = List.of(text.split(":", -1));
      if (parts.size() < 3 || parts.size() > 4) {
        throw new IllegalArgumentException("must be service_type:name:driver or end in :default");
      }
      if (parts.get(1).length() > MAX_NAME) {
        throw new IllegalArgumentException("the name may have at most " + MAX_NAME + " characters");
      }
      boolean isDefault = parts.size() == 4 && parts.get(3).equals("default");
      if (parts.size() == 4 && !isDefault && !parts.get(3).isEmpty()) {
        throw new IllegalArgumentException("the last part must be default or empty");
      }
      return new Provider(
          parts.get(0), parts.get(1).toLowerCase(Locale.ROOT), parts.get(2), isDefault);
    }

    String text() {
      return serviceType + ":" + name + ":" + driver + (isDefault ? ":default" : "");
    }
  }

  static final Option<Provider> SERVICE_PROVIDER =
      Option.of(
              "service_providers",
              "service_provider",
              new OptionType<>(
                  "multi valued",
                  text -> Provider.parse(word().parse(text)),
                  Provider::text,
                  List.of(),
                  true),
              null,
              "The driver of a service, as service_type:name:driver with :default after that of"
                  + " requests that name no provider. May stand several times.")
          .asCollecting();

  static final List<Option<?>> OPTIONS = List.of(SERVICE_PROVIDER);

  public ServiceProviders {
    providers = List.copyOf(providers);
  }

  static ServiceProviders read(ConfigReader reader) {
    List<Provider> providers = reader.all(SERVICE_PROVIDER);
    Set<String> drivers = new HashSet<>();
    Set<String> names = new HashSet<>();
    Set<String> defaults = new HashSet<>();
    for (Provider provider : providers) {
      if (!drivers.add(provider.driver())) {
        reader.reject(SERVICE_PROVIDER, "two providers use the driver " + provider.driver());
      }
      if (!names.add(provider.serviceType() + ":" + provider.name())) {
        reader.reject(
            SERVICE_PROVIDER,
            provider.serviceType() + " has two providers named " + provider.name());
      }
      if (provider.isDefault() && !defaults.add(provider.serviceType())) {
        reader.reject(SERVICE_PROVIDER, provider.serviceType() + " has two default providers");
      }
    }
    return new ServiceProviders(providers);
  }
}
