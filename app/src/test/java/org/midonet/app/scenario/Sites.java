package org.midonet.app.scenario;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A class whose tests take a {@link Site} on the hosts that all of them share. They need root and
 * the tools of {@code conformance/bin/install}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("root")
@Tag("packages")
@ExtendWith(SiteExtension.class)
@interface Sites {}
