/** What an alert looks like to those who read it: our own JSON, ECS, CEF. */
package io.stridewatch.sink.form;
