/**
 * What a resource is: typed attributes, definitions, immutable values. Read by every other package.
 */
@NullMarked
package org.midonet.neutron.resource;

import org.jspecify.annotations.NullMarked;
