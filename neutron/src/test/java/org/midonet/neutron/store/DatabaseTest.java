package org.midonet.neutron.store;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ArgumentsSource;

/**
 * Runs a test class once for each database, each time on a fresh, empty one that the class's
 * constructor gets as a {@link TestDatabase}.
 *
 * <p>SQLite always runs. PostgreSQL and MariaDB run where system property {@code test.databases}
 * says {@code all}, as {@code -Pci} does, and are reported as skipped elsewhere.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedClass(name = "{0}")
@ArgumentsSource(TestDatabases.class)
public @interface DatabaseTest {}
