/**
 * What a person may set: each setting is declared once, in {@link
 * io.stridewatch.deploy.settings.Settings}, and is a flag, an environment variable and a key of the
 * YAML file. A flag goes before the environment, the environment before the file.
 */
package io.stridewatch.deploy.settings;
