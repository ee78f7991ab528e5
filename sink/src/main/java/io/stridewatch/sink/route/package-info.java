/** Which alerts go to which sinks, one by one or gathered: a view of the alerts, not the alerts. */
package io.stridewatch.sink.route;
